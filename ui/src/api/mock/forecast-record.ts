/** Made-up kept forecasts and a made-up backtest. */
import { addMonths } from '$/lib/format';
import type { Accuracy, Backtest, BacktestInput } from '../bindings';
import { actualsOf, assumptionsOf, two } from './forecast-numbers';
import { random } from './made';
import { open } from './state';

export function accuracyOf(slug: string | null): Accuracy {
  const base = assumptionsOf(slug, 24);
  const actuals = actualsOf(base).filter((month) => !month.partial);
  if (!open().ledger.length)
    return {
      snapshots: [],
      months: [],
      by_distance: [],
      currency: base.currency,
      sentence: 'The first forecast of this book was kept today.',
    };
  const chance = random(3);
  const months = actuals.slice(-5).flatMap((month, index) =>
    [3, 2, 1]
      .filter((ahead) => ahead <= index + 1)
      .map((ahead) => {
        const expected = Number(month.net) * (0.93 + chance() * 0.16);
        const wide = 0.06 + ahead * 0.03;
        const error = Number(month.net) - expected;
        return {
          made_on: `${addMonths(month.month, -ahead)}-20`,
          month: month.month,
          ahead,
          expected: two(expected),
          low: two(expected * (1 - wide)),
          high: two(expected * (1 + wide)),
          actual: month.net,
          error: two(error),
          within: Math.abs(error) <= expected * wide,
        };
      }),
  );
  return {
    snapshots: months.slice(0, 4).map((month, index) => ({
      made_on: month.made_on,
      start: addMonths(month.made_on.slice(0, 7), 1),
      months: 24,
      total: '61240.00',
      over: 4 - index,
    })),
    months: [...months].reverse(),
    by_distance: [1, 2, 3].map((ahead) => {
      const mine = months.filter((month) => month.ahead === ahead);
      const mean = (pick: (month: (typeof mine)[number]) => number) =>
        mine.reduce((all, month) => all + pick(month), 0) / Math.max(1, mine.length);
      return {
        ahead,
        count: mine.length,
        bias: two(mean((month) => Number(month.error))),
        mean_error: two(mean((month) => Math.abs(Number(month.error)))),
        within: mean((month) => (month.within ? 1 : 0)).toFixed(4),
      };
    }),
    currency: base.currency,
    sentence: `Of ${months.length} months that were forecast and are over, ${months.filter((month) => month.within).length} came within their range.`,
  };
}

export function backtestOf(input: BacktestInput): Backtest {
  const base = assumptionsOf(input.program, 24);
  const actuals = actualsOf(base).filter((month) => !month.partial);
  const chance = random(9);
  const points = actuals.slice(6).map((month) => {
    const expected = Number(month.net) * (0.92 + chance() * 0.15);
    return {
      origin: addMonths(month.month, -3),
      month: month.month,
      ahead: 3,
      expected: two(expected),
      low: two(expected * 0.87),
      high: two(expected * 1.14),
      actual: month.net,
    };
  });
  const model = (
    key: string,
    label: string,
    bias: string,
    crps: string,
    mase: string,
    coverage: string | null,
  ) => ({
    key,
    label,
    count: points.length,
    bias,
    crps,
    pinball: two(Number(crps) * 0.52),
    mase,
    coverage_80: coverage,
    coverage_90: coverage && '0.92',
  });
  return {
    program: base.program,
    currency: base.currency,
    origins: points.length,
    horizon: input.horizon ?? 6,
    models: [
      model('perennial', 'This forecast', '31.10', '78.10', '0.71', '0.83'),
      model('naive', 'Next month as this month', '-164.20', '231.90', '1.46', null),
      model('constant_churn', 'Price × customers × constant churn', '-120.40', '188.60', '1.19', null),
    ],
    points,
    sentences: points.length
      ? [
          'Three months ahead it was off by 78.10 USD on average, a third of what “next month as this month” was off.',
          'Of 12 months, 10 came within their range; 10 of 12 is about what eight of ten promises.',
        ]
      : ['There are too few full months yet: it takes six months of history to look back on.'],
  };
}
