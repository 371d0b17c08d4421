/** The drawing of the months ahead: solid for customers there are, hatched for those supposed, a dashed line for the range. */
import type { EChartsCoreOption } from 'echarts/core';
import { chartBase, escapeText, tooltipLine } from '$/lib/chart';
import { colour, tierToken } from '$/lib/colours';
import { isZero, plotted } from '$/lib/decimal';
import type { Formats } from '$/lib/format';
import type { Range, TierSeries } from './model';

export interface MonthsAhead {
  labels: string[];
  names: string[];
  series: TierSeries[];
  nets: string[];
  ranges: Range[];
  currency: string;
  formats: Formats;
  hidden: boolean;
  money: (amount: string) => string;
  between: (range: Range) => string;
  supposed: (name: string) => string;
}

/** Which parts are labelled at their end: those thick enough to stand beside their name, each tier once. */
export function endLabels(series: TierSeries[], least = 0.07): Map<number, 'contracted' | 'assumed'> {
  const last = (values: string[]) => Math.max(0, plotted(values.at(-1) ?? '0'));
  const top = series.reduce((all, tier) => all + last(tier.contracted) + last(tier.assumed), 0);
  const labels = new Map<number, 'contracted' | 'assumed'>();
  for (const { tier, contracted, assumed } of series) {
    const which = last(contracted) >= last(assumed) ? 'contracted' : 'assumed';
    if (top > 0 && last(which === 'contracted' ? contracted : assumed) / top >= least)
      labels.set(tier.tier, which);
  }
  return labels;
}

export function monthsAheadOption(data: MonthsAhead): EChartsCoreOption {
  const base = chartBase(data.formats, data.currency, data.hidden);
  const labels = endLabels(data.series);
  const text = colour('--text-2');
  const longest = Math.max(
    0,
    ...data.series.map(({ tier }) => (labels.has(tier.tier) ? tier.name.length : 0)),
  );

  const bars = (which: 'contracted' | 'assumed') =>
    data.series
      .filter((series) => series[which].some((value) => !isZero(value)))
      .map((series) => {
        const fill = colour(tierToken(series.tier.place));
        const labelled = labels.get(series.tier.tier) === which;
        const light = fill.replace(/[\d.]+\)$/, '0.28)');
        return {
          type: 'bar',
          name: series.tier.name,
          stack: 'months',
          barCategoryGap: '24%',
          emphasis: { disabled: true },
          itemStyle:
            which === 'contracted'
              ? { color: fill }
              : {
                  color: light,
                  decal: {
                    symbol: 'rect',
                    dashArrayX: [1, 0],
                    dashArrayY: [1.5, 4],
                    rotation: Math.PI / 4,
                    color: fill,
                  },
                },
          data: series[which].map((value, index) => ({
            value: plotted(value),
            ...(labelled && index === series[which].length - 1
              ? {
                  label: {
                    show: true,
                    position: 'right',
                    distance: 8,
                    formatter: series.tier.name,
                    color: text,
                    fontSize: 12,
                  },
                }
              : {}),
          })),
        };
      });

  const bound = (which: 'low' | 'high') => ({
    type: 'line',
    name: which,
    step: 'middle',
    symbol: 'none',
    silent: true,
    z: 5,
    lineStyle: { color: text, width: 1, type: [3, 3] },
    data: data.ranges.map((range) => range[which]),
  });

  return {
    ...base,
    grid: { ...(base.grid as object), right: longest ? 12 + longest * 7 : 8 },
    tooltip: {
      ...(base.tooltip as object),
      formatter: (points: { dataIndex: number }[]) => {
        const index = points[0]?.dataIndex ?? 0;
        const lines = data.series.flatMap(({ tier, contracted, assumed }) => {
          const mark = colour(tierToken(tier.place));
          return [
            ...(isZero(contracted[index] ?? '0')
              ? []
              : [tooltipLine(mark, tier.name, data.money(contracted[index] ?? '0'))]),
            ...(isZero(assumed[index] ?? '0')
              ? []
              : [
                  tooltipLine(
                    mark.replace(/[\d.]+\)$/, '0.4)'),
                    data.supposed(tier.name),
                    data.money(assumed[index] ?? '0'),
                  ),
                ]),
          ];
        });
        const range = data.ranges[index];
        return [
          `<div style="margin-bottom:4px;font-weight:600">${escapeText(data.names[index] ?? '')} · ${escapeText(data.money(data.nets[index] ?? '0'))}</div>`,
          ...lines,
          range ? `<div style="margin-top:4px">${escapeText(data.between(range))}</div>` : '',
        ].join('');
      },
    },
    xAxis: { ...(base.xAxis as object), data: data.labels },
    series: [...bars('contracted'), ...bars('assumed'), bound('low'), bound('high')],
  };
}
