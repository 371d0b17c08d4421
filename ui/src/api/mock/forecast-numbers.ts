/** Made-up months, ranges and payouts: a plain sum of survivors, enough to look at. The real arithmetic is the application's. */
import { addMonths } from '$/lib/format';
import type {
  Assumptions,
  Band,
  Evidence,
  ForecastBands,
  ForecastDone,
  ForecastMonth,
  ForecastNotice,
  MonthActual,
  PayoutCalendar,
} from '../bindings';
import { random } from './made';
import { open, refuse, TODAY } from './state';

export const two = (value: number) => value.toFixed(2);

export interface OwnPrior {
  value: string;
  weight: string | null;
  source: string | null;
}

/** Common values that the user set. */
export const ownPriors = (): Record<string, OwnPrior> =>
  (open().kept?.priors as Record<string, OwnPrior> | undefined) ?? {};

function evidenceOf(base: Assumptions, full: boolean): Evidence[] {
  const from = (key: string, label: string, value: string, spread: number, seen: string): Evidence => ({
    key,
    label,
    value,
    low: String(Math.max(0, Number(value) - spread).toFixed(3)),
    high: String(
      (key.endsWith('renewal') ? Math.min(1, Number(value) + spread) : Number(value) + spread).toFixed(3),
    ),
    from: full ? (seen ? 'book' : 'mixed') : 'prior',
    sentence: full
      ? seen || 'Too few of them yet, so a common value weighs in.'
      : 'The book says nothing yet.',
    source: full && seen ? null : 'Recurly Research: State of Subscriptions 2024',
  });
  return [
    from(
      'trial_conversion',
      'Trials that go on to pay',
      base.trial_conversion,
      0.09,
      full ? 'Of 60 trials 32 went on to pay.' : '',
    ),
    from(
      'refund_probability',
      'First payments refunded',
      base.refund_probability,
      0.018,
      full ? '3 of 101 first payments were refunded.' : '',
    ),
    {
      ...from(
        'growth',
        'Growth of new referrals',
        base.growth,
        0,
        full ? 'No clear trend in 41 of them.' : '',
      ),
      low: full ? '-0.015' : '0',
      high: full ? '0.015' : '0',
    },
    from('season', 'Season of new referrals', '0', 0, 'All months of the year are taken alike.'),
    ...base.plans.flatMap((plan, index) => [
      from(
        `plans.${plan.plan}.renewal`,
        `${plan.name} ${plan.term}: renewal`,
        plan.renewal,
        plan.term === 'annual' ? 0.14 : 0.02,
        full && index < 3 ? '98 of 105 renewals that were due were paid.' : '',
      ),
      from(
        `plans.${plan.plan}.new_direct`,
        `${plan.name} ${plan.term}: new a month`,
        plan.new_direct,
        Number(plan.new_direct) * 0.35,
        full && index < 5 ? '19 came in the last 6 full months.' : '',
      ),
    ]),
  ];
}

export function assumptionsOf(slug: string | null, months: number): Assumptions {
  const book = open();
  const detail =
    book.programs.find(({ program }) => !slug || program.id === slug) ??
    refuse('program.unknown', `There is no program “${slug}”.`);
  const full = book.ledger.length > 0;
  const renewal = (annual: boolean) => ownPriors()[annual ? 'renewal.annual' : 'renewal.monthly']?.value;
  const plans = detail.terms.plans.map((plan, index) => {
    const weight = full && index < 5 ? 1 : 0;
    const annual = plan.term === 'annual';
    return {
      plan: plan.id,
      name: plan.name,
      term: plan.term,
      tier: plan.tier,
      price: plan.price.amount,
      new_direct: weight ? (annual ? '0.3' : String([3.2, 0, 2.1, 0, 1.4][index] ?? 0)) : '0',
      new_second_tier: weight && index === 0 ? '0.4' : '0',
      renewal:
        (full ? null : renewal(annual)) ??
        (annual ? '0.72' : String([0.93, 0.7, 0.94, 0.7, 0.955, 0.7, 0.96][index] ?? 0.94)),
      vintage: null,
      concentration: full && !annual ? '14.2' : null,
      shape: null,
      active_direct: weight ? (annual ? 4 : ([24, 0, 15, 0, 9][index] ?? 0)) : 0,
      active_second_tier: weight && index === 0 ? 3 : 0,
    };
  });
  const base: Assumptions = {
    program: detail.program.id,
    start: addMonths(TODAY.slice(0, 7), 1),
    months,
    currency: 'USD',
    trial_conversion: '0.54',
    trial_days: 14,
    refund_probability: '0.03',
    refund_after_days: 20,
    growth: '0',
    season: [],
    plans,
    basis: full
      ? [
          '55 referrals paid in the last 35 days.',
          'New referrals are those of the last 6 full months, 41 in all.',
          'Renewals are what 212 renewals of the last 12 months say; plans with fewer than 20 lean on all plans together.',
          'Of 60 trials 32 went on to pay.',
        ]
      : ['The book has no commissions yet, so nothing could be learned from it.'],
    evidence: [],
  };
  return { ...base, evidence: evidenceOf(base, full) };
}

export function runOf(input: Assumptions): ForecastDone {
  const states = input.plans.map((plan) => ({
    plan,
    contracted: plan.active_direct + plan.active_second_tier * 0.25,
    assumed: 0,
  }));
  const step = (month: string, index: number): ForecastMonth => {
    const plans = states.map((state) => {
      const { plan } = state;
      const annual = plan.term === 'annual';
      const keep = annual ? Number(plan.renewal) ** (1 / 12) : Number(plan.renewal);
      state.contracted *= keep;
      const grown = (1 + Number(input.growth || '0')) ** Math.max(0, index);
      state.assumed =
        state.assumed * keep +
        (Number(plan.new_direct) + Number(plan.new_second_tier) * 0.25) *
          Number(input.trial_conversion) *
          grown;
      const each =
        ((Number(plan.price) * 0.4) / (annual ? 12 : 1)) * (1 - Number(input.refund_probability) * 0.2);
      return {
        plan: plan.plan,
        contracted: two(state.contracted * each),
        assumed: two(state.assumed * each),
      };
    });
    const part = (which: 'contracted' | 'assumed') =>
      plans.reduce((all, plan) => all + Number(plan[which]), 0);
    const net = part('contracted') + part('assumed');
    return {
      month,
      net: two(net),
      contracted: two(part('contracted')),
      assumed: two(part('assumed')),
      direct: two(net * 0.97),
      second_tier: two(net * 0.03),
      clawback: two(net * Number(input.refund_probability) * 0.3),
      sd: two(Math.sqrt(Math.max(0, net)) * (3 + index * 0.4)),
      active_paying: two(states.reduce((all, state) => all + state.contracted + state.assumed, 0)),
      plans,
    };
  };
  const rest = step(addMonths(input.start, -1), 0);
  const share = (text: string) => two(Number(text) * 0.62);
  const months = Array.from({ length: input.months }, (_, index) =>
    step(addMonths(input.start, index), index),
  );
  const total = months.reduce((all, month) => all + Number(month.net), 0);
  return {
    months,
    rest: {
      ...rest,
      net: share(rest.net),
      contracted: share(rest.contracted),
      assumed: share(rest.assumed),
      plans: rest.plans.map((plan) => ({
        ...plan,
        contracted: share(plan.contracted),
        assumed: share(plan.assumed),
      })),
    },
    total: two(total),
    total_sd: two(months.reduce((all, month) => all + Number(month.sd), 0) * 0.72),
    currency: input.currency,
  };
}

export function bandOf(mean: number, sd: number): Band {
  const wide = mean > 0 ? sd / mean : 0;
  return {
    low: two(mean * Math.exp(-1.22 * wide)),
    middle: two(mean * (1 - wide * wide * 0.4)),
    high: two(mean * Math.exp(1.3 * wide)),
  };
}

export function actualsOf(input: Assumptions): MonthActual[] {
  if (!open().ledger.length) return [];
  const chance = random(11);
  const now = runOf({ ...input, months: 1 }).months[0];
  const level = Number(now?.net ?? 0);
  const present = TODAY.slice(0, 7);
  return Array.from({ length: 19 }, (_, index) => {
    const partial = index === 18;
    const net = level * (0.34 + index * 0.037) * (0.93 + chance() * 0.14) * (partial ? 0.36 : 1);
    return {
      month: addMonths(present, index - 18),
      net: two(net),
      partial,
      plans: (now?.plans ?? [])
        .filter((plan) => Number(plan.contracted) > 0)
        .map((plan) => ({
          plan: plan.plan,
          net: two((net * Number(plan.contracted)) / Number(now?.contracted || 1)),
        })),
    };
  });
}

export function noticesOf(input: Assumptions): ForecastNotice[] {
  if (open().ledger.length)
    return [
      {
        code: 'left_out',
        message:
          '14 commissions have no plan that is known, so they are in the months behind but not in the forecast.',
      },
    ];
  return [
    {
      code: 'no_history',
      message: `The book has no commissions of ${input.program} yet. What you see rests on common values alone.`,
    },
  ];
}

function payoutsOf(input: Assumptions, done: ForecastDone): PayoutCalendar {
  const full = open().ledger.length > 0;
  const month = TODAY.slice(0, 7);
  const flow = [done.rest, ...done.months];
  const runs = Array.from({ length: Math.min(input.months + 1, 36) }, (_, index) => {
    // What arrives at a run was earned about two months before it.
    const source = index < 2 ? null : flow[index - 2];
    const earned = source
      ? Number(source.net) * (index === 2 ? 1.5 : 1)
      : full
        ? ([812.4, 1904.2][index] ?? 0)
        : 0;
    const pending = full ? ([812.4, 1904.2, 1167.3][index] ?? 0) : 0;
    const probability = earned > 0 ? Math.max(0.02, Math.min(1, 1 - Math.exp(-earned / 140))) : 0;
    return {
      run: `${addMonths(month, index)}-15`,
      expected: two(Math.max(0, earned - pending * (index === 0 ? 0 : 0.031)) * probability),
      probability: probability.toFixed(4),
      band: bandOf(earned * probability, index === 0 ? 4 : Number(source?.sd ?? 90) * 1.2),
      pending: two(pending),
      at_risk: two(pending * (index === 0 ? 0 : 0.031)),
    };
  });
  return {
    runs,
    due_now: full ? '812.40' : '0.00',
    on_hold: full ? '3071.50' : '0.00',
    at_risk: full ? '94.30' : '0.00',
    minimum: '100.00',
    hold_days: 45,
    currency: input.currency,
  };
}

export function bandsOf(input: Assumptions, seed: number, paths: number): ForecastBands {
  const done = runOf(input);
  return {
    months: done.months.map((month) => ({
      month: month.month,
      band: bandOf(Number(month.net), Number(month.sd)),
    })),
    total: bandOf(Number(done.total), Number(done.total_sd)),
    payouts: payoutsOf(input, done),
    paths,
    seed,
    method: 'bands',
  };
}
