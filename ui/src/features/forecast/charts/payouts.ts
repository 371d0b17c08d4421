/** Payouts by date: what came as solid bars, what is expected as lighter ones, with a whisker for the range. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import { colour, faded } from '$/lib/colours';
import { plotted } from '$/lib/decimal';
import { based, type Line, type Look, stackedBar, tip, tipOf } from './draw';

export interface PayoutBar {
  on: string;
  /** What arrived; null of runs to come. */
  came: string | null;
  expected: string | null;
  low: string | null;
  high: string | null;
  /** Of the expected, earned already. */
  pending: string | null;
}

export interface PayoutBars extends Look {
  bars: PayoutBar[];
  short: (on: string) => string;
  long: (on: string) => string;
  money: (amount: string) => string;
  between: (low: number, high: number) => string;
  words: { came: string; expected: string; pending: string };
}

/** The earned part of a bar is never taller than the bar. */
export function earnedPart(bar: PayoutBar): number {
  return Math.max(0, Math.min(plotted(bar.pending ?? '0'), plotted(bar.expected ?? '0')));
}

export function payoutsOption(data: PayoutBars): EChartsCoreOption {
  const base = based(data);
  const due = colour('--info');
  const accent = colour('--accent');
  const text = colour('--text-2');
  const bar = stackedBar('payouts', 28);
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      formatter: tipOf(data.bars, (one) => {
        const lines: Line[] = [];
        if (one.came !== null)
          lines.push({ mark: accent, name: data.words.came, value: data.money(one.came) });
        if (one.expected !== null)
          lines.push({ mark: faded(due, 0.4), name: data.words.expected, value: data.money(one.expected) });
        if (one.pending !== null && plotted(one.pending) > 0)
          lines.push({ mark: due, name: data.words.pending, value: data.money(one.pending) });
        const range = one.low !== null && one.high !== null;
        return tip(
          data.long(one.on),
          lines,
          range ? data.between(plotted(one.low ?? '0'), plotted(one.high ?? '0')) : '',
        );
      }),
    },
    xAxis: { ...base.xAxis, data: data.bars.map((one) => data.short(one.on)) },
    series: [
      {
        ...bar,
        name: data.words.came,
        itemStyle: { color: accent, borderRadius: [3, 3, 0, 0] },
        data: data.bars.map((one) => (one.came === null ? null : plotted(one.came))),
      },
      {
        ...bar,
        name: data.words.pending,
        itemStyle: { color: faded(due, 0.85) },
        data: data.bars.map((one) => (one.expected === null ? null : earnedPart(one))),
      },
      {
        ...bar,
        name: data.words.expected,
        itemStyle: { color: faded(due, 0.35), borderRadius: [3, 3, 0, 0] },
        data: data.bars.map((one) =>
          one.expected === null ? null : plotted(one.expected) - earnedPart(one),
        ),
      },
      {
        type: 'custom',
        name: 'range',
        silent: true,
        z: 5,
        data: data.bars.flatMap((one, index) =>
          one.low === null || one.high === null ? [] : [[index, plotted(one.low), plotted(one.high)]],
        ),
        encode: { x: 0, y: [1, 2] },
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => whisker(api, text),
      },
    ],
  };
}

export function whisker(api: CustomSeriesRenderItemAPI, stroke: string) {
  const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
  const [, high = 0] = api.coord([api.value(0), api.value(2)]);
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth: 1.25 },
  });
  return {
    type: 'group' as const,
    children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
  };
}
