/** Earnings by month: the figures for the chart and its table, and the drawing. */
import type { EChartsCoreOption } from 'echarts/core';
import type { EarningsRow } from '$/api/bindings';
import type { ChartTable } from '$/components/ChartFrame.svelte';
import { plotted, sum } from '$/lib/decimal';
import { addMonths } from '$/lib/format';

export interface Month {
  month: string;
  earned: string;
  reserve: string;
  due: string;
  paid: string;
}

/** One row a month without gaps, in one currency. At most the given number of months, the newest. */
export function monthsOf(rows: EarningsRow[], currency: string, last: string, most = 24): Month[] {
  const mine = rows.filter((row) => row.earned.currency === currency && row.month);
  const keys = mine.map((row) => row.month as string).sort();
  const [first] = keys;
  if (!first) return [];
  const end = (keys.at(-1) as string) > last ? (keys.at(-1) as string) : last;
  const months: Month[] = [];
  for (let month = first; month <= end; month = addMonths(month, 1)) {
    const here = mine.filter((row) => row.month === month);
    const total = (figure: 'earned' | 'reserve' | 'due' | 'paid') => sum(here.map((row) => row[figure].amount));
    months.push({ month, earned: total('earned'), reserve: total('reserve'), due: total('due'), paid: total('paid') });
  }
  return months.slice(-most);
}

export interface Look {
  paid: string;
  due: string;
  reserve: string;
  text: string;
  line: string;
  surface: string;
}

export interface Words {
  paid: string;
  due: string;
  reserve: string;
  earned: string;
  month: string;
  /** Writes a month for the axis and for the tooltip. */
  short: (month: string) => string;
  long: (month: string) => string;
  money: (amount: string) => string;
  axis: (value: number) => string;
}

/** Stacked bars from zero: paid below, then due, then what is on hold. */
export function monthsOption(months: Month[], look: Look, words: Words): EChartsCoreOption {
  const parts = ['paid', 'due', 'reserve'] as const;
  return {
    animation: false,
    aria: { enabled: false },
    grid: { left: 8, right: 8, top: 8, bottom: 4, outerBoundsMode: 'same', containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: look.line, opacity: 0.35 } },
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.text, fontSize: 12 },
      formatter: (items: { dataIndex: number }[]) => {
        const month = months[items[0]?.dataIndex ?? -1];
        if (!month) return '';
        const line = (label: string, amount: string) => `${label}: ${words.money(amount)}`;
        return [
          `<b>${words.long(month.month)}</b>`,
          line(words.earned, month.earned),
          ...[...parts].reverse().map((part) => line(words[part], month[part])),
        ].join('<br>');
      },
    },
    xAxis: {
      type: 'category',
      data: months.map((month) => words.short(month.month)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.text, fontSize: 12, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: look.text, fontSize: 12, formatter: words.axis },
      splitLine: { lineStyle: { color: look.line } },
      splitNumber: 4,
    },
    series: parts.map((part) => ({
      name: words[part],
      type: 'bar',
      stack: 'months',
      barMaxWidth: 32,
      barCategoryGap: '30%',
      itemStyle: {
        color: look[part],
        borderColor: look.surface,
        borderWidth: 1,
        ...(part === 'reserve'
          ? { decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: look.surface } }
          : {}),
      },
      data: months.map((month) => plotted(month[part])),
    })),
  };
}

export function monthsTable(months: Month[], words: Words): ChartTable {
  return {
    columns: [words.month, words.earned, words.reserve, words.due, words.paid],
    rows: [...months]
      .reverse()
      .map((month) => [
        words.long(month.month),
        words.money(month.earned),
        words.money(month.reserve),
        words.money(month.due),
        words.money(month.paid),
      ]),
  };
}
