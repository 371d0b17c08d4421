/** What running customers will still bring: annual renewals by month, and the worth of each part. */
import type { EChartsCoreOption } from 'echarts/core';
import type { ResidualPart, WallMonth } from '$/api/bindings';
import { colour } from '$/lib/colours';
import { plotted } from '$/lib/decimal';
import { addMonths } from '$/lib/format';
import { based, hatched, type Look, labelStyle, stackedBar, tip, tipOf } from './draw';

/** The months with those in between that have none, so that time runs evenly along the axis. */
export function everyMonth(months: WallMonth[]): WallMonth[] {
  const [first] = months;
  const last = months.at(-1);
  const known = new Map(months.map((month) => [month.month, month]));
  const all: WallMonth[] = [];
  if (!first || !last) return all;
  for (let month = first.month; month <= last.month; month = addMonths(month, 1))
    all.push(known.get(month) ?? { month, renewals: 0, amount: '0', expected: '0', none: '1', rows: [] });
  return all;
}

export interface Wall extends Look {
  months: WallMonth[];
  short: (month: string) => string;
  long: (month: string) => string;
  money: (amount: string) => string;
  words: { expected: string; all: string; count: (renewals: number) => string };
}

export function wallOption(data: Wall): EChartsCoreOption {
  const base = based(data);
  const accent = colour('--accent');
  const bar = stackedBar('wall', 36);
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      formatter: tipOf(data.months, (month) =>
        tip(
          data.long(month.month),
          [
            { mark: accent, name: data.words.expected, value: data.money(month.expected) },
            { mark: 'transparent', name: data.words.all, value: data.money(month.amount) },
          ],
          data.words.count(month.renewals),
        ),
      ),
    },
    xAxis: { ...base.xAxis, data: data.months.map(({ month }) => data.short(month)) },
    series: [
      { ...bar, itemStyle: { color: accent }, data: data.months.map(({ expected }) => plotted(expected)) },
      {
        ...bar,
        itemStyle: hatched(accent),
        data: data.months.map(({ amount, expected }) => ({
          value: Math.max(0, plotted(amount) - plotted(expected)),
        })),
      },
    ],
  };
}

export interface Worth extends Look {
  parts: ResidualPart[];
  name: (part: ResidualPart) => string;
  money: (amount: string) => string;
  about: (value: number) => string;
  words: { worth: string; each: string };
}

export function worthOption(data: Worth): EChartsCoreOption {
  const parts = [...data.parts].reverse();
  const base = based(data, 8);
  const accent = colour('--accent');
  return {
    ...base,
    grid: { ...base.grid, top: 4, bottom: 4 },
    tooltip: {
      ...base.tooltip,
      formatter: tipOf(parts, (part) =>
        tip(data.name(part), [
          { mark: accent, name: data.words.worth, value: data.money(part.value) },
          { mark: 'transparent', name: data.words.each, value: data.money(part.each) },
        ]),
      ),
    },
    xAxis: { ...(base.yAxis as object), name: '' },
    yAxis: {
      type: 'category',
      data: parts.map(data.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour('--border') } },
      axisLabel: { ...labelStyle(), width: 150, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        emphasis: { disabled: true },
        itemStyle: { color: accent, borderRadius: [0, 3, 3, 0] },
        data: parts.map((part) => ({
          value: plotted(part.value),
          label: {
            show: true,
            position: 'right',
            formatter: data.about(plotted(part.value)),
            ...labelStyle(),
          },
        })),
      },
    ],
  };
}
