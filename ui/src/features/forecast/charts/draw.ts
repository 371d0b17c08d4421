/** What the drawings of the forecast have in common. */
import type { EChartsCoreOption } from 'echarts/core';
import { chartBase, escapeText, tooltipLine } from '$/lib/chart';
import { colour, faded } from '$/lib/colours';
import type { Formats } from '$/lib/format';

export interface Look {
  currency: string;
  formats: Formats;
  hidden: boolean;
}

interface Base extends EChartsCoreOption {
  grid: object;
  tooltip: object;
  xAxis: object;
  yAxis: { axisLabel: object };
}

/** The base of a chart with room on the right for labels of so many characters. */
export function based(look: Look, room = 0): Base {
  const base = chartBase(look.formats, look.currency, look.hidden);
  return {
    ...base,
    // A slider that is held draws again and again: what moves by itself would always lag behind.
    animation: false,
    grid: { ...(base.grid as object), right: room ? 12 + room * 7 : 8 },
  } as unknown as Base;
}

export interface Line {
  mark: string;
  name: string;
  value: string;
}

/** A tooltip: a title, lines, and words below. */
export function tip(title: string, lines: Line[], words = ''): string {
  const below = words ? `<div style="margin-top:4px">${escapeText(words)}</div>` : '';
  return `<div style="margin-bottom:4px;font-weight:600">${escapeText(title)}</div>${lines
    .map(({ mark, name, value }) => tooltipLine(mark, name, value))
    .join('')}${below}`;
}

/** Hatched, for what is only supposed. */
export function hatched(fill: string): object {
  return {
    color: faded(fill, 0.14),
    decal: {
      symbol: 'rect',
      dashArrayX: [1, 0],
      dashArrayY: [1.5, 4],
      rotation: Math.PI / 4,
      color: faded(fill, 0.75),
    },
  };
}

/** Bars that stand on one another, never wider than so many pixels. */
export function stackedBar(stack: string, widest: number): object {
  return {
    type: 'bar',
    stack,
    barMaxWidth: widest,
    barCategoryGap: '32%',
    emphasis: { disabled: true },
  };
}

/** A tooltip of the column or row under the pointer; says nothing past the last of them. */
export function tipOf<T>(rows: T[], say: (row: T) => string): (points: { dataIndex: number }[]) => string {
  return (points) => {
    const row = rows[points[0]?.dataIndex ?? 0];
    return row === undefined ? '' : say(row);
  };
}

/** A dotted line where the past ends. */
export function nowLine(place: number): object {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    label: { show: false },
    lineStyle: { color: colour('--control'), type: 'dotted' },
    data: [{ xAxis: place }],
  };
}

export function labelStyle(): object {
  return { color: colour('--text-2'), fontSize: 12 };
}

/** The area between two lines, as two stacked series of which only the upper is seen. */
export function bandSeries(
  low: (number | null)[],
  high: (number | null)[],
  fill: string,
  id: string,
): object[] {
  const line = {
    type: 'line',
    symbol: 'none',
    showSymbol: false,
    silent: true,
    stack: id,
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
    z: 1,
  };
  return [
    { ...line, name: `${id} low`, data: low },
    {
      ...line,
      name: `${id} high`,
      data: high.map((value, index) => {
        const from = low[index];
        return value === null || from == null ? null : value - from;
      }),
      areaStyle: { color: fill },
    },
  ];
}

/** How far down in pixels each label has to move so that none lies on another; the order stays. */
export function spread(values: (number | null)[], top: number, height: number, least = 15): number[] {
  const scale = top > 0 ? height / top : 0;
  const places = values
    .map((value, index) => ({ index, at: value === null ? null : -value * scale }))
    .filter((place): place is { index: number; at: number } => place.at !== null)
    .sort((a, b) => a.at - b.at);
  const moved = values.map(() => 0);
  let above = Number.NEGATIVE_INFINITY;
  for (const { index, at } of places) {
    const next = Math.max(at, above + least);
    moved[index] = next - at;
    above = next;
  }
  return moved;
}
