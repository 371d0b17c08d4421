/** Made-up cohorts, survival curves, common values and what customers are worth. */
import { addMonths } from '$/lib/format';
import type {
  CohortTable,
  EvidenceGroup,
  EvidenceInput,
  Prior,
  Priors,
  RenewalWall,
  ResidualPart,
  ResidualValue,
  SurvivalCurves,
} from '../bindings';
import { assumptionsOf, ownPriors, two } from './forecast-numbers';
import { random } from './made';
import { open, TODAY } from './state';

const GROUPS: Record<string, [string, string, string, number][]> = {
  term: [
    ['monthly', 'Monthly plans', 'month', 214],
    ['annual', 'Annual plans', 'year', 22],
  ],
  plan: [
    ['2021/starter-monthly', 'Starter, monthly', 'month', 118],
    ['2021/silver-monthly', 'Silver, monthly', 'month', 61],
    ['2021/gold-monthly', 'Gold, monthly', 'month', 35],
    ['2021/starter-annual', 'Starter, yearly', 'year', 22],
  ],
  tier: [
    ['direct', 'Your own sales', 'month', 203],
    ['second', 'Second tier', 'month', 11],
  ],
  channel: [
    ['YouTube', 'YouTube', 'month', 96],
    ['Blog', 'Blog', 'month', 71],
    ['Newsletter', 'Newsletter', 'month', 38],
  ],
  campaign: [
    ['Spring launch', 'Spring launch', 'month', 44],
    ['Webinar', 'Webinar', 'month', 29],
  ],
};

function groupsOf(by: string): EvidenceGroup[] {
  if (!open().ledger.length) return [];
  return (GROUPS[by] ?? []).map(([key, label, period, customers]) => ({ key, label, period, customers }));
}

/** The fitted share after so many renewals: those who would leave leave first. */
function fit(renewals: number, group: EvidenceGroup): number {
  const alpha = group.period === 'year' ? 1.1 : 0.9 + (group.label.length % 4) * 0.12;
  const beta = group.period === 'year' ? 2.9 : 11.5;
  let share = 1;
  for (let index = 1; index <= renewals; index++) share *= (beta + index - 1) / (alpha + beta + index - 1);
  return share;
}

export function cohortsOf(input: EvidenceInput): CohortTable {
  const groups = groupsOf(input.by ?? 'term');
  const group = groups.find((one) => one.key === input.group) ?? groups[0] ?? null;
  if (!group) return { groups, group: null, cohorts: [], fitted: [], fit: '', notes: [] };
  const chance = random(group.customers);
  const year = group.period === 'year';
  const rows = year ? 3 : 14;
  const cohorts = Array.from({ length: rows }, (_, index) => {
    const size = Math.max(3, Math.round((group.customers / rows) * (0.6 + chance() * 0.8)));
    let left = size;
    const seen = year ? rows - index : rows - index;
    return {
      month: addMonths(TODAY.slice(0, 7), (index - rows) * (year ? 12 : 1)),
      size,
      cells: Array.from({ length: Math.min(seen, 13) }, (_, renewals) => {
        const due = left;
        if (renewals > 0) {
          const keep = fit(renewals, group) / fit(renewals - 1, group);
          left = Array.from({ length: due }, () => chance() < keep).filter(Boolean).length;
        }
        return {
          renewals,
          due: renewals ? due : size,
          paid: left,
          observed: (left / size).toFixed(4),
          fitted: fit(renewals, group).toFixed(4),
        };
      }),
    };
  });
  return {
    groups,
    group,
    cohorts,
    fitted: Array.from({ length: year ? 4 : 13 }, (_, index) => fit(index, group).toFixed(4)),
    fit: `Of 100 who pay once, ${Math.round(fit(1, group) * 100)} pay again, and of those who stay ever more stay (sBG, ${group.customers} customers).`,
    notes: ['6 customers were first seen in the middle of their subscription; they count from then on.'],
  };
}

export function survivalOf(input: EvidenceInput): SurvivalCurves {
  return {
    curves: groupsOf(input.by ?? 'term').map((group) => {
      const length = group.period === 'year' ? 3 : 14;
      const chance = random(group.customers + 5);
      let before = 1;
      return {
        group,
        points: Array.from({ length }, (_, renewals) => {
          const survival = renewals
            ? Math.min(before, Math.max(0, fit(renewals, group) + (chance() - 0.5) * 0.04))
            : 1;
          before = survival;
          const wide = renewals ? (0.6 * Math.sqrt(renewals + 1)) / Math.sqrt(group.customers) : 0;
          return {
            renewals,
            survival: survival.toFixed(4),
            low: Math.max(0, survival - wide).toFixed(4),
            high: Math.min(1, survival + wide * 0.8).toFixed(4),
            at_risk: Math.round(group.customers * survival * (1 - renewals / (length + 2))),
          };
        }),
        fitted: Array.from({ length: length + (group.period === 'year' ? 3 : 11) }, (_, renewals) => {
          const survival = fit(renewals, group);
          const wide = 0.012 * renewals * (group.customers < 40 ? 2 : 1) * 0.5;
          return {
            renewals,
            survival: survival.toFixed(4),
            low: Math.max(0, survival - wide).toFixed(4),
            high: Math.min(1, survival + wide).toFixed(4),
            at_risk: 0,
          };
        }),
        median: null,
        sentence:
          group.period === 'year'
            ? `Of 100 who pay once, ${Math.round(fit(1, group) * 100)} renew after a year.`
            : `Of 100 who pay once, ${Math.round(fit(6, group) * 100)} pay a seventh time.`,
      };
    }),
    notes: [],
  };
}

const PRIORS: Omit<Prior, 'own'>[] = [
  {
    key: 'renewal.monthly',
    label: 'Monthly renewals that are paid',
    value: '0.94',
    weight: '20',
    source: 'Recurly Research: State of Subscriptions 2024',
  },
  {
    key: 'renewal.annual',
    label: 'Annual renewals that are paid',
    value: '0.72',
    weight: '10',
    source: 'Recurly Research: State of Subscriptions 2024',
  },
  {
    key: 'trial_conversion',
    label: 'Trials that go on to pay',
    value: '0.5',
    weight: '10',
    source: 'A guess in the middle, until your own trials say more',
  },
  {
    key: 'refund_probability',
    label: 'First payments refunded',
    value: '0.05',
    weight: '20',
    source: 'A guess in the middle, until your own refunds say more',
  },
];

export function priorsOf(): Priors {
  return {
    items: PRIORS.map((prior) => {
      const own = ownPriors()[prior.key];
      return own
        ? {
            ...prior,
            value: own.value,
            weight: own.weight ?? prior.weight,
            source: own.source ?? 'Set by you',
            own: true,
          }
        : { ...prior, own: false };
    }),
  };
}

export function wallOf(slug: string | null, months: number): RenewalWall {
  const base = assumptionsOf(slug, months);
  const annual = base.plans.filter((plan) => plan.term === 'annual' && plan.active_direct > 0);
  const list = annual.flatMap((plan, place) =>
    Array.from({ length: plan.active_direct }, (_, index) => ({
      on: `${addMonths(base.start, (place * 5 + index * index * 2 + 1) % 12)}-${String(7 + index * 5).padStart(2, '0')}`,
      plan: plan.plan,
      name: `${plan.name}, yearly`,
      tier: 'direct',
      count: index === 1 ? 2 : 1,
      renewal: 1 + (index % 2),
      each: two(Number(plan.price) * 0.4),
      chance: index % 2 ? '0.81' : plan.renewal,
    })),
  );
  return {
    months: Array.from({ length: 12 }, (_, index) => {
      const month = addMonths(base.start, index);
      const rows = list.filter((row) => row.on.startsWith(month));
      return {
        month,
        renewals: rows.reduce((all, row) => all + row.count, 0),
        amount: two(rows.reduce((all, row) => all + row.count * Number(row.each), 0)),
        expected: two(rows.reduce((all, row) => all + row.count * Number(row.each) * Number(row.chance), 0)),
        none: rows.reduce((all, row) => all * (1 - Number(row.chance)) ** row.count, 1).toFixed(4),
        rows,
      };
    }).filter((month) => month.rows.length),
    currency: base.currency,
    sentence: list.length
      ? 'Most of it falls into two months: a quarter of the year’s annual renewals come up in April.'
      : '',
  };
}

export function residualOf(slug: string | null, discount: string): ResidualValue {
  const base = assumptionsOf(slug, 24);
  const worth = (plan: (typeof base.plans)[number]) => {
    const annual = plan.term === 'annual';
    const keep = Number(plan.renewal);
    const rate = (1 + Number(discount)) ** (annual ? -1 : -1 / 12);
    return (Number(plan.price) * 0.4 * keep * rate) / (1 - keep * rate);
  };
  const part = (key: string | null, label: string, customers: number, value: number): ResidualPart => ({
    key,
    label,
    customers,
    value: two(value),
    each: two(customers ? value / customers : 0),
  });
  const plans = base.plans
    .filter((plan) => plan.active_direct > 0)
    .map((plan) =>
      part(
        plan.plan,
        `${plan.name}, ${plan.term === 'annual' ? 'yearly' : 'monthly'}`,
        plan.active_direct,
        worth(plan) * plan.active_direct,
      ),
    );
  const total = plans.reduce((all, plan) => all + Number(plan.value), 0);
  const customers = plans.reduce((all, plan) => all + plan.customers, 0);
  const split = (rows: [string | null, string, number][]) =>
    total
      ? rows.map(([key, label, share]) => part(key, label, Math.round(customers * share), total * share))
      : [];
  return {
    total: two(total),
    customers,
    discount,
    currency: base.currency,
    plans,
    campaigns: split([
      ['Spring launch', 'Spring launch', 0.31],
      ['Webinar', 'Webinar', 0.24],
      [null, '', 0.45],
    ]),
    channels: split([
      ['YouTube', 'YouTube', 0.44],
      ['Blog', 'Blog', 0.33],
      ['Newsletter', 'Newsletter', 0.23],
    ]),
    sentence: total
      ? 'Each customer’s coming commissions, times the chance that they still pay then, discounted to today.'
      : '',
  };
}
