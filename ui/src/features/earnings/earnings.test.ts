import { describe, expect, it } from 'vitest';
import type { EarningsRow, OwedRow } from '$/api/bindings';
import { parseRoute } from '$/lib/router.svelte';
import { daysOf, ledgerAddress, readPlace } from './address';
import { withoutAmounts } from './hush';
import { monthsChart, monthsOf, monthsTable } from './months';
import { currenciesOf, daysBetween, expected, totalOf } from './totals';
import { fieldName, kindName, planName, standingOf } from './words';

const amount = (value: string, currency = 'USD') => ({ amount: value, currency });
const owed = (
  program: string,
  currency: string,
  earned: string,
  payout: [string, string] | null = null,
): OwedRow => ({
  program,
  currency,
  earned: amount(earned, currency),
  reserve: amount('39.60', currency),
  due: amount('0.10', currency),
  paid: amount('0', currency),
  unknown: amount('0', currency),
  next_payout: payout ? { date: payout[0], amount: payout[1], fee: null, arrives: null } : null,
});

describe('what is owed', () => {
  const rows = [
    owed('a', 'USD', '100.10'),
    owed('b', 'USD', '0.20'),
    owed('b', 'JPY', '90', ['2026-04-15', '90']),
    owed('c', 'USD', '1', ['2026-03-15', '1']),
  ];

  it('adds up within a currency and never over two', () => {
    expect(totalOf(rows, 'earned', 'USD')).toEqual([amount('101.3'), amount('90', 'JPY')]);
    expect(currenciesOf(rows, 'JPY')).toEqual(['JPY', 'USD']);
    expect(currenciesOf([], 'USD')).toEqual([]);
  });

  it('puts the nearest payout first and counts the days', () => {
    expect(expected(rows, '2026-03-10').map((payout) => [payout.program, payout.days])).toEqual([
      ['c', 5],
      ['b', 36],
    ]);
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2);
  });
});

describe('earnings by month', () => {
  const row = (month: string, value: string, currency = 'USD') =>
    ({
      month,
      earned: amount(value, currency),
      reserve: amount('0', currency),
      due: amount('0', currency),
      paid: amount(value, currency),
    }) as unknown as EarningsRow;

  it('leaves no gap between the first month and now, and keeps currencies apart', () => {
    const months = monthsOf(
      [row('2025-11', '10'), row('2026-01', '5.5'), row('2026-01', '900', 'JPY')],
      'USD',
      '2026-02',
    );
    expect(months.map((month) => [month.month, month.earned])).toEqual([
      ['2025-11', '10'],
      ['2025-12', '0'],
      ['2026-01', '5.5'],
      ['2026-02', '0'],
    ]);
  });

  it('draws the parts of a month on top of each other, and nothing for nothing', () => {
    const words = {
      paid: 'Paid',
      due: 'Due',
      reserve: 'Reserve',
      earned: 'Earned',
      month: 'Month',
      short: (x: string) => x,
      long: (x: string) => x,
      money: (x: string) => `${x} USD`,
    };
    const months = monthsOf([row('2026-01', '5.5')], 'USD', '2026-01');
    const chart = monthsChart(months, words);
    expect(chart.series.map((series) => series.values)).toEqual([['5.5'], [null], [null]]);
    expect(chart.names).toEqual(['2026-01 · 5.5 USD']);
    expect(monthsTable(months, words).rows[0]).toEqual(['2026-01', '5.5 USD', '0 USD', '0 USD', '5.5 USD']);
  });
});

describe('addresses', () => {
  it('finds the view, the row and the filters', () => {
    expect(readPlace(parseRoute('#/earnings')).view).toBe('summary');
    expect(readPlace(parseRoute('#/earnings/0198-a'))).toMatchObject({ view: 'ledger', row: '0198-a' });
    expect(readPlace(parseRoute('#/earnings/ledger/r1?standing=due&channel=My%20blog&q=x'))).toMatchObject({
      view: 'ledger',
      row: 'r1',
      filter: { standing: 'due', channel: 'My blog', batch: null },
      words: 'x',
    });
  });

  it('writes what it reads', () => {
    const address = ledgerAddress({ campaign: 'A & B / C', month: '2026-02' }, 'r 1');
    expect(readPlace(parseRoute(address))).toMatchObject({
      row: 'r 1',
      filter: { campaign: 'A & B / C', month: '2026-02' },
    });
    expect(ledgerAddress({})).toBe('#/earnings/ledger');
  });

  it('turns months into days', () => {
    expect(daysOf({ from: '2026-01', to: '2028-02' })).toEqual({ from: '2026-01-01', to: '2028-02-29' });
    expect(daysOf({ from: null, to: null })).toEqual({ from: null, to: null });
  });
});

describe('words', () => {
  it('reads plans of the book and leaves the words of a source alone', () => {
    expect(planName('2021/starter-monthly')).toBe('Starter, monthly (2021)');
    expect(planName('own/pro-plus-annual')).toBe('Pro plus, yearly');
    expect(planName('Lifetime deal!')).toBe('Lifetime deal!');
    expect(planName(null)).toBe('');
  });

  it('guesses nothing', () => {
    expect(kindName('rebill')).toBe('Renewal');
    expect(kindName('mystery')).toBe('mystery');
    expect(standingOf('under_review')).toBe('unknown');
    expect(fieldName('lock_at')).toBe('lock at');
  });
});

describe('hidden amounts', () => {
  it('takes the figures out of sentences and leaves dates alone', () => {
    expect(withoutAmounts('You earn 40% of 99.00 USD: 39.60 USD.')).toBe('You earn 40% of ••• USD: ••• USD.');
    expect(withoutAmounts('−1,234.50 USD is on hold until 2 March 2026.')).toBe(
      '••• USD is on hold until 2 March 2026.',
    );
  });
});
