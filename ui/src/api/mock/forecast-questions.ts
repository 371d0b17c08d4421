/** Answers to questions about the made-up forecast: what moves it, what a goal takes, what is behind a number. */
import type { Assumptions, ExplainInput, Explanation, Goal, GoalInput, Methods, Tornado } from '../bindings';
import { channelsOf } from './forecast-channels';
import { residualOf, wallOf } from './forecast-evidence';
import { assumptionsOf, bandsOf, runOf, two } from './forecast-numbers';
import { accuracyOf } from './forecast-record';
import { refuse } from './state';

/** The assumptions with one of them changed. */
export function changed(base: Assumptions, key: string, value: string): Assumptions {
  const match = /^plans\.(.+)\.(renewal|new_direct)$/.exec(key);
  if (!match) return { ...base, [key]: value };
  const [, id, field = ''] = match;
  return {
    ...base,
    plans: base.plans.map((plan) => (plan.plan === id ? { ...plan, [field]: value } : plan)),
  };
}

export function tornadoOf(base: Assumptions): Tornado {
  const net = (input: Assumptions) => Number(runOf(input).total);
  const bars = base.evidence
    .map((evidence) => {
      const low = net(changed(base, evidence.key, evidence.low));
      const high = net(changed(base, evidence.key, evidence.high));
      return {
        key: evidence.key,
        label: evidence.label,
        low: evidence.low,
        high: evidence.high,
        net_low: two(low),
        net_high: two(high),
        swing: two(Math.abs(high - low)),
      };
    })
    .filter((bar) => Number(bar.swing) > 0)
    .sort((a, b) => Number(b.swing) - Number(a.swing));
  return { base: two(net(base)), bars: bars.slice(0, 10), currency: base.currency };
}

export function goalOf(input: GoalInput): Goal {
  const base = input.assumptions ?? assumptionsOf(input.program, 24);
  if (input.by < base.start)
    refuse('forecast.goal_month', 'That month is over already.', 'Choose a later one.');
  const months = Math.max(base.months, 36);
  const of = (supposed: Assumptions) =>
    runOf({ ...supposed, months }).months.find((month) => month.month === input.by);
  const found = of(base);
  if (!found)
    return refuse('forecast.goal_month', 'That month is too far ahead.', 'Choose one within 36 months.');
  const wanted = Number(input.net);
  const expected = Number(found.net);
  const sd = Math.max(1, Number(found.sd));
  const chance = (mean: number) => (1 / (1 + Math.exp((-1.7 * (mean - wanted)) / sd))).toFixed(4);
  const scaled = (factor: number) => ({
    ...base,
    plans: base.plans.map((plan) => ({
      ...plan,
      new_direct: String(Number(plan.new_direct) * factor),
      new_second_tier: String(Number(plan.new_second_tier) * factor),
    })),
  });
  const twice = Number(of(scaled(2))?.net ?? expected) - expected;
  const factor = twice > 0 ? Math.max(1, 1 + (wanted - expected) / twice) : 1;
  const total = base.plans.reduce(
    (all, plan) => all + Number(plan.new_direct) + Number(plan.new_second_tier),
    0,
  );
  return {
    program: base.program,
    month: input.by,
    wanted: two(wanted),
    expected: found.net,
    missing: two(Math.max(0, wanted - expected)),
    probability: chance(expected),
    currency: base.currency,
    plans: base.plans.map((plan) => {
      const more = of(changed(base, `plans.${plan.plan}.new_direct`, String(Number(plan.new_direct) + 1)));
      const each = Number(more?.net ?? expected) - expected;
      const needed = each > 0 ? Number(plan.new_direct) + Math.max(0, wanted - expected) / each : null;
      return {
        plan: plan.plan,
        name: `${plan.name}, ${plan.term === 'annual' ? 'yearly' : 'monthly'}`,
        tier: 'direct',
        new_now: plan.new_direct,
        new_needed: needed === null || needed > 400 ? null : needed.toFixed(1),
        each: two(each),
        probability: needed === null ? null : chance(wanted),
      };
    }),
    channels: channelsOf(base).channels.map((one) => {
      const each = twice / Math.max(0.1, total);
      const now = Number(one.new_now);
      return {
        channel: one.channel,
        new_now: one.new_now,
        new_needed: each > 0 ? (now + Math.max(0, wanted - expected) / each).toFixed(1) : null,
        each: two(each),
        probability: chance(wanted),
      };
    }),
    mix: total
      ? {
          factor: factor.toFixed(2),
          new_needed: (total * factor).toFixed(1),
          probability: chance(wanted),
          factor_sure: (factor * 1.18).toFixed(2),
        }
      : null,
    sentences: [
      `As things are, ${input.by} is expected to bring ${found.net} ${base.currency}.`,
      expected >= wanted
        ? 'The goal is within what is expected already.'
        : `It takes ${two(wanted - expected)} ${base.currency} more.`,
    ],
  };
}

export function explanationOf(input: ExplainInput): Explanation {
  const base = input.assumptions ?? assumptionsOf(input.program, 24);
  const done = runOf(base);
  const month = done.months.find((one) => one.month === input.key) ?? done.rest;
  const evidence = base.evidence.filter((one) => !input.plan || one.key.includes(input.plan));
  const rows = {
    search: '',
    program: base.program,
    standing: null,
    from: '2025-09-01',
    to: '2026-03-10',
    channel: null,
    campaign: null,
    batch: null,
    limit: 50,
    after: null,
  };
  const common = { rows, assumptions: evidence.slice(0, 5) };
  switch (input.what) {
    case 'total':
      return {
        ...common,
        title: `Net of ${done.months.length} months`,
        value: done.total,
        sentences: [
          'The sum of all months ahead, each with what customers you have will renew and what new ones would add.',
          'Commissions that refunds will take back are already out of it.',
        ],
        lines: [
          {
            label: 'From customers who pay today',
            value: two(done.months.reduce((all, one) => all + Number(one.contracted), 0)),
          },
          {
            label: 'From new customers',
            value: two(done.months.reduce((all, one) => all + Number(one.assumed), 0)),
          },
        ],
        method: 'months',
      };
    case 'payout': {
      const run = bandsOf(base, 1, 1000).payouts.runs.find((one) => one.run === input.key);
      return {
        ...common,
        title: `Payout of ${input.key}`,
        value: run?.expected ?? '0.00',
        sentences: [
          'Commissions earned up to 45 days before, less what refunds will take back.',
          'Where less than 100.00 USD have matured, nothing is paid and they wait for the next run.',
        ],
        lines: [
          { label: 'Earned already and matured by then', value: run?.pending ?? '0.00' },
          { label: 'Refunds expected to take back', value: run ? `-${run.at_risk}` : '0.00' },
        ],
        method: 'payouts',
      };
    }
    case 'at_risk':
      return {
        ...common,
        title: 'What may still be taken back',
        value: bandsOf(base, 1, 1000).payouts.at_risk,
        sentences: ['Each commission that is not approved yet is taken back or stands as a whole.'],
        lines: [
          { label: 'May still be taken back', value: '412.00' },
          { label: 'The chance of each', value: '3%' },
        ],
        method: 'payouts',
      };
    case 'residual':
      return {
        ...common,
        title: 'What is still to come',
        value: residualOf(base.program, input.key.split('@')[1] ?? '0.10').total,
        sentences: [
          'For each customer who pays now: the commission of a payment, times the chance of each renewal still to come, added up.',
        ],
        lines: [
          { label: 'Starter monthly, own sales, 5 renewals paid: 24 who bring 39.60', value: '5120.40' },
        ],
        method: 'residual',
      };
    case 'wall': {
      const months = wallOf(base.program, 24).months;
      const all = months.flatMap(({ rows: list }) => list).filter(({ on }) => on.startsWith(input.key));
      return {
        ...common,
        title: `Annual renewals of ${input.key}`,
        value: two(all.reduce((sum, row) => sum + row.count * Number(row.each) * Number(row.chance), 0)),
        sentences: ['Each renewal counts with its commission times its chance.'],
        lines: all.map((row) => ({
          label: `${row.on}: ${row.name}, renewal ${row.renewal}: ${row.count} × ${row.each} × ${Math.round(Number(row.chance) * 100)}%`,
          value: two(row.count * Number(row.each) * Number(row.chance)),
        })),
        method: 'wall',
      };
    }
    case 'cohort':
      return {
        ...common,
        title: `All ${input.plan ?? ''} plans: began in ${input.key.split(' ')[0]}`,
        value: '12',
        sentences: ['12 customers first paid in that month and were not refunded.'],
        lines: [{ label: 'After 1 renewals: 11 of 12 that were due paid', value: '91.7% (93% fitted)' }],
        method: 'survival',
      };
    case 'goal': {
      const [by = '', net = '0'] = input.key.split(' ');
      const goal = goalOf({ assumptions: base, program: null, net, by, paths: null, seed: null, job: null });
      const through = goal.channels.find(({ channel }) => input.plan === `channel:${channel ?? ''}`);
      const one = through
        ? { ...through, name: through.channel ?? 'No channel' }
        : goal.plans.find(({ plan }) => plan === input.plan?.replace(/ second$/, ''));
      return {
        ...common,
        title: one ? `${one.name} alone, by ${by}` : `What it takes by ${by}`,
        value: one?.each ?? goal.missing,
        sentences: ['What is missing, divided by what one more brings, is how many more a month it takes.'],
        lines: [
          { label: 'Missing', value: goal.missing },
          ...(one ? [{ label: 'One more a month brings', value: one.each }] : []),
        ],
        method: 'goal',
      };
    }
    case 'channel': {
      const one = channelsOf(base).channels.find(({ channel }) => (channel ?? '') === input.key);
      return {
        ...common,
        rows: { ...rows, channel: input.key || null },
        title: `${input.key || 'No channel'}: ${done.months.length} months`,
        value: one?.net ?? '0.00',
        sentences: [one?.sentence ?? ''],
        lines: [
          { label: 'From customers who pay today', value: one?.contracted ?? '0.00' },
          { label: 'From new ones', value: one?.assumed ?? '0.00' },
          { label: 'All months', value: one?.net ?? '0.00' },
        ],
        method: 'arrivals',
      };
    }
    case 'accuracy': {
      const { by_distance, months } = accuracyOf(base.program);
      const one = by_distance.find(({ ahead }) => String(ahead) === input.key);
      return {
        ...common,
        assumptions: [],
        title: `Forecasts of ${input.key} months ahead`,
        value: one?.mean_error ?? '0.00',
        sentences: ['Of each month that is over: what came, less what was expected.'],
        lines: [
          ...months
            .filter(({ ahead }) => String(ahead) === input.key)
            .map((row) => ({
              label: `${row.month}, forecast on ${row.made_on}: ${row.actual} came, ${row.expected} expected`,
              value: row.error,
            })),
          { label: 'Their mean', value: one?.bias ?? '0.00' },
          { label: 'The mean of their sizes, without signs', value: one?.mean_error ?? '0.00' },
        ],
        method: 'accuracy',
      };
    }
    case 'assumption': {
      const one = base.evidence.find(({ key }) => key === input.key) ?? base.evidence[0];
      return {
        title: one?.label ?? input.key,
        value: one?.value ?? '',
        sentences: [
          one?.sentence ?? '',
          `Eight times of ten the truth lies between ${one?.low} and ${one?.high}.`,
        ],
        lines: [
          { label: 'Renewals due', value: '105' },
          { label: 'Renewals paid', value: '98' },
        ],
        rows,
        assumptions: one ? [one] : [],
        method: input.key.includes('new') ? 'arrivals' : 'retention',
      };
    }
    default:
      return {
        ...common,
        rows: input.what === 'actual' ? { ...rows, from: `${input.key}-01`, to: `${input.key}-28` } : rows,
        title: `Net of ${input.key || 'the rest of this month'}`,
        value: month?.net ?? '0.00',
        sentences: [
          'Each plan’s customers, times the chance that they still pay in that month, times the commission of the plan.',
          'New customers are added as supposed, from the month they first pay in.',
        ],
        lines: (month?.plans ?? [])
          .filter((plan) => Number(plan.contracted) + Number(plan.assumed) > 0)
          .flatMap((plan) => [
            { label: `${plan.plan}, customers you have`, value: plan.contracted },
            { label: `${plan.plan}, new ones`, value: plan.assumed },
          ]),
        method: 'months',
      };
  }
}

const METHODS: [string, string, string, string][] = [
  [
    'months',
    'The months ahead',
    'For every plan we add up who will still be paying, and what each of them brings.',
    'Expected value and variance are computed exactly, month by month and plan by plan: survivors of the customers there are, plus arrivals thinned by trial, age and refund.',
  ],
  [
    'bands',
    'The ranges',
    'We play the coming months a thousand times and look where eight of ten of them end.',
    'Quantiles of simulated paths (10%, 50%, 90%). Each path draws the parameters from their posterior first, so that what is not known about them widens the range.',
  ],
  [
    'payouts',
    'The payouts',
    'Each played month goes through the hold, the minimum and the run day, as the program does it.',
    'The payout is simulated path by path: a threshold applied to the mean is not the mean of a threshold.',
  ],
  [
    'retention',
    'How many renew',
    'Your own renewals say how many stay. Those who would leave leave first, so later renewals are likelier.',
    'Shifted beta-geometric by maximum likelihood over cohorts of different lengths (Fader and Hardie 2007), with common values while there is little to go by.',
  ],
  [
    'survival',
    'How long customers stay',
    'We count, renewal by renewal, who was there and who paid.',
    'Kaplan–Meier with late entry and Greenwood’s variance on the log-log scale, 95% limits.',
  ],
  [
    'arrivals',
    'How many come',
    'Your last months say how many come, on average, and how much that changes.',
    'Poisson or negative binomial with a log trend where the history supports it, shrunk to a constant where it does not.',
  ],
  [
    'tornado',
    'What moves it most',
    'One assumption at a time goes to its low and its high end; the others stay.',
    'Each assumption moves between the ends of its 80% range; the bar is the difference of the expected total.',
  ],
  [
    'goal',
    'The goal',
    'We look how many new referrals it takes until that month is expected to reach it.',
    'The expected month is linear in the arrivals of one plan, so the answer is exact; the chance is simulated.',
  ],
  [
    'residual',
    'What customers are worth',
    'All commissions they will still bring, less the further away they are.',
    'Discounted expected residual lifetime (Fader and Hardie 2010) with the commission’s months and cap.',
  ],
  [
    'wall',
    'Annual renewals',
    'Who paid for a year comes up for renewal on a known day.',
    'Each running annual subscription at its next anniversary, with the chance of its age.',
  ],
  [
    'accuracy',
    'How good it was',
    'Each day’s forecast is kept and later compared with what came.',
    'Snapshots of the analytic months and ranges, compared with the ledger when the month is over.',
  ],
  [
    'backtest',
    'The backtest',
    'We forecast months that are over, knowing only what was known then.',
    'Rolling origin over the book’s history; CRPS, pinball loss, MASE and coverage beside naive and constant-churn forecasts.',
  ],
  [
    'priors',
    'Common values',
    'While your own book says little, common values stand in, and they fade as it says more.',
    'Beta priors with a weight in observations.',
  ],
];

export const methods: Methods = {
  items: METHODS.map(([key, title, short, long]) => ({ key, title, short, long })),
};
