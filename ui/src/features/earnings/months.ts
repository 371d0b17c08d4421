/** Earnings by month: the figures for the chart and its table, and the drawing. */
import type { EarningsRow } from '$/api/bindings';
import type { ChartTable } from '$/components/ChartFrame.svelte';
import type { BarChart } from '$/lib/chart';
import { isZero, sum } from '$/lib/decimal';
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
    const total = (figure: 'earned' | 'reserve' | 'due' | 'paid') =>
      sum(here.map((row) => row[figure].amount));
    months.push({
      month,
      earned: total('earned'),
      reserve: total('reserve'),
      due: total('due'),
      paid: total('paid'),
    });
  }
  return months.slice(-most);
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
}

/** Stacked bars from zero: paid below, then due, then what is on hold. */
export function monthsChart(months: Month[], words: Words): Pick<BarChart, 'labels' | 'names' | 'series'> {
  const part = (figure: 'paid' | 'due' | 'reserve', token: string) => ({
    name: words[figure],
    token,
    values: months.map((month) => (isZero(month[figure]) ? null : month[figure])),
  });
  return {
    labels: months.map((month) => words.short(month.month)),
    names: months.map((month) => `${words.long(month.month)} · ${words.money(month.earned)}`),
    series: [part('paid', '--accent'), part('due', '--bar-due'), part('reserve', '--bar-reserve')],
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
