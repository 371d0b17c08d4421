/** The shape all our bar charts share: from zero, direct, exact in the tooltip, forecasts lighter than facts. */
import type { EChartsCoreOption } from 'echarts/core';
import { colour } from './colours';
import { plotted } from './decimal';
import { compact, decimal, type Formats } from './format';

export interface BarSeries {
  name: string;
  /** The token of its colour: "--tier-2". */
  token: string;
  /** A forecast: drawn lighter, with a dashed edge. */
  expected?: boolean;
  /** Decimal strings; null draws nothing. */
  values: (string | null)[];
}

export interface BarChart {
  /** Short names under the bars, and full ones for the tooltip. */
  labels: string[];
  names: string[];
  series: BarSeries[];
  currency: string;
  formats: Formats;
  /** Amounts are hidden: axis and tooltip say nothing. */
  hidden?: boolean;
  /** The place of "now", marked with a line. */
  mark?: number;
}

/** Text for a tooltip, which ECharts reads as HTML. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Base of every chart: fonts, grid, tooltip. */
export function chartBase(formats: Formats, currency: string, hidden: boolean): EChartsCoreOption {
  const text = colour('--text-3');
  const border = colour('--border');
  // Double quotes would end the attribute that holds it in a drawing that is written into a file.
  const font = { fontFamily: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"), fontSize: 12 };
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 180,
    textStyle: font,
    grid: { left: 0, right: 8, top: 28, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: colour('--hover') } },
      backgroundColor: colour('--surface'),
      borderColor: border,
      borderRadius: 8,
      padding: [8, 12],
      textStyle: { ...font, color: colour('--text') },
      confine: true,
    },
    xAxis: {
      type: 'category',
      axisTick: { show: false },
      axisLine: { lineStyle: { color: border } },
      axisLabel: { color: text, ...font, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: (range: { min: number }) => Math.min(0, range.min),
      name: hidden ? '' : currency,
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { color: text, align: 'right', ...font },
      splitNumber: 4,
      splitLine: { lineStyle: { color: border } },
      axisLabel: {
        color: text,
        ...font,
        formatter: (value: number) => (hidden ? '•••' : compact(value, formats)),
      },
    },
  };
}

/**
 * What a drawing is made of, without its figures: two with the same shape differ in values alone. How long lists are
 * counts too, as far as they are lists of parts.
 */
export function shapeOf(option: unknown): string {
  if (Array.isArray(option)) {
    const parts = option.length && option.every((part) => part !== null && typeof part === 'object');
    return parts ? `[${option.map(shapeOf).join()}]` : '[]';
  }
  if (option === null || typeof option !== 'object') return typeof option === 'number' ? '#' : '';
  return `{${Object.entries(option)
    .map(([key, value]) => `${key}${key === 'type' || key === 'name' ? `=${value}` : shapeOf(value)}`)
    .join()}}`;
}

/** One line of a tooltip: a mark, a name, an exact amount. */
export function tooltipLine(mark: string, name: string, value: string): string {
  return `<div style="display:flex;gap:8px;align-items:center;font-variant-numeric:tabular-nums"><span style="width:8px;height:8px;border-radius:2px;background:${mark}"></span><span style="flex:1">${escapeText(name)}</span><b style="font-weight:600">${escapeText(value)}</b></div>`;
}

export function barChart(chart: BarChart): EChartsCoreOption {
  const base = chartBase(chart.formats, chart.currency, chart.hidden ?? false);
  const marked = chart.mark !== undefined && chart.mark >= 0;
  return {
    ...base,
    tooltip: {
      ...(base.tooltip as object),
      formatter: (points: { dataIndex: number }[]) => {
        const index = points[0]?.dataIndex ?? 0;
        const lines = chart.series.flatMap((series) => {
          const value = series.values[index];
          if (value == null) return [];
          const amount = chart.hidden
            ? '•••'
            : `${decimal(value, chart.currency, chart.formats)} ${chart.currency}`;
          return [tooltipLine(colour(series.token), series.name, amount)];
        });
        return `<div style="margin-bottom:4px">${escapeText(chart.names[index] ?? '')}</div>${lines.join('')}`;
      },
    },
    xAxis: { ...(base.xAxis as object), data: chart.labels },
    series: chart.series.map((series, place) => {
      const fill = colour(series.token);
      return {
        type: 'bar',
        name: series.name,
        stack: 'all',
        barMaxWidth: 36,
        barCategoryGap: '32%',
        data: series.values.map((value) => (value === null ? null : plotted(value))),
        itemStyle: series.expected
          ? {
              color: fill.replace(/[\d.]+\)$/, '0.25)'),
              borderColor: fill,
              borderType: 'dashed',
              borderWidth: 1,
              borderRadius: [3, 3, 0, 0],
            }
          : { color: fill, borderRadius: [3, 3, 0, 0] },
        emphasis: { disabled: true },
        ...(place === 0 && marked
          ? {
              markLine: {
                silent: true,
                symbol: 'none',
                animation: false,
                label: { show: false },
                lineStyle: { color: colour('--control'), type: 'dotted' },
                data: [{ xAxis: chart.mark }],
              },
            }
          : {}),
      };
    }),
  };
}
