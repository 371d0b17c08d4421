/** What moves the result: for each assumption the change of the whole at its low and at its high end. */
import type { EChartsCoreOption } from 'echarts/core';
import type { TornadoBar } from '$/api/bindings';
import { colour, faded } from '$/lib/colours';
import { plotted } from '$/lib/decimal';
import { based, type Look, labelStyle, tip } from './draw';

export interface Swing {
  bar: TornadoBar;
  /** Change of the whole at the low and at the high end. */
  low: number;
  high: number;
}

export function swingsOf(base: string, bars: TornadoBar[]): Swing[] {
  return bars.map((bar) => ({
    bar,
    low: plotted(bar.net_low) - plotted(base),
    high: plotted(bar.net_high) - plotted(base),
  }));
}

export interface Why extends Look {
  swings: Swing[];
  /** The assumption's value as people read it. */
  value: (bar: TornadoBar, which: 'low' | 'high') => string;
  change: (value: number) => string;
  compact: (value: number) => string;
  words: { at: (value: string) => string };
}

export function whyOption(data: Why): EChartsCoreOption {
  const base = based(data);
  // The longest stands on top, and a category axis counts from below.
  const swings = [...data.swings].reverse();
  const less = colour('--bar-less');
  const more = colour('--accent');
  const series = (which: 'low' | 'high') => ({
    type: 'bar',
    name: which,
    barGap: '-100%',
    barMaxWidth: 18,
    emphasis: { disabled: true },
    data: swings.map((swing) => {
      const value = swing[which];
      return {
        value,
        itemStyle: { color: value < 0 ? less : more, borderRadius: value < 0 ? [3, 0, 0, 3] : [0, 3, 3, 0] },
        label: {
          show: true,
          position: value < 0 || (value === 0 && which === 'low') ? 'left' : 'right',
          formatter: data.value(swing.bar, which),
          ...labelStyle(),
        },
      };
    }),
  });
  const widest =
    Math.max(1, ...swings.flatMap((swing) => [Math.abs(swing.low), Math.abs(swing.high)])) * 1.22;
  return {
    ...base,
    grid: { ...base.grid, top: 8, bottom: 4, right: 16 },
    tooltip: {
      ...base.tooltip,
      formatter: (points: { dataIndex: number }[]) => {
        const swing = swings[points[0]?.dataIndex ?? 0];
        if (!swing) return '';
        return tip(swing.bar.label, [
          {
            mark: swing.low < 0 ? less : more,
            name: data.words.at(data.value(swing.bar, 'low')),
            value: data.change(swing.low),
          },
          {
            mark: swing.high < 0 ? less : more,
            name: data.words.at(data.value(swing.bar, 'high')),
            value: data.change(swing.high),
          },
        ]);
      },
    },
    xAxis: {
      ...(base.yAxis as object),
      min: -widest,
      max: widest,
      name: '',
      splitNumber: 4,
      axisLabel: {
        ...((base.yAxis as { axisLabel: object }).axisLabel as object),
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => (data.hidden ? '•••' : data.compact(value)),
      },
    },
    yAxis: {
      type: 'category',
      data: swings.map((swing) => swing.bar.label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: faded(colour('--text-3'), 0.5) } },
      axisLabel: { ...labelStyle(), width: 190, overflow: 'truncate' },
    },
    series: [series('low'), series('high')],
  };
}
