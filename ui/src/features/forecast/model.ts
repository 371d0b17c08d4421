/** The forecast as it is shown: parts by plan tier, ranges, and what the user changed of the assumptions. */
import type {
  Assumptions,
  Band,
  Evidence,
  ForecastBands,
  ForecastDone,
  ForecastMonth,
  MonthActual,
  PlanAssumption,
} from '$/api/bindings';
import { plotted, sum } from '$/lib/decimal';

/** Plans of one tier share a colour, whatever their term or version. */
export interface Tier {
  tier: number;
  /** Place from the smallest tier up, 0 the first. */
  place: number;
  name: string;
  plans: string[];
}

export function tiersOf(plans: PlanAssumption[]): Tier[] {
  const numbers = [...new Set(plans.map((plan) => plan.tier))].sort((a, b) => a - b);
  return numbers.map((tier, place) => {
    const mine = plans.filter((plan) => plan.tier === tier);
    return {
      tier,
      place,
      name: [...new Set(mine.map((plan) => plan.name))].join(' / '),
      plans: mine.map((plan) => plan.plan),
    };
  });
}

export interface Range {
  low: number;
  likely: number;
  high: number;
}

/** Standard deviations from the middle to the 10% and the 90% point of a normal distribution. */
const TEN_PERCENT = 1.2816;

function around(likely: number, sd: number): Range {
  const low = likely - TEN_PERCENT * sd;
  return { low: likely >= 0 ? Math.max(0, low) : low, likely, high: likely + TEN_PERCENT * sd };
}

const ofBand = (band: Band): Range => ({
  low: plotted(band.low),
  likely: plotted(band.middle),
  high: plotted(band.high),
});

/** Where eight of ten such months would end, as far as a mean and a deviation can say. */
export function monthRange(month: ForecastMonth): Range {
  return around(plotted(month.net), plotted(month.sd));
}

/**
 * The ranges of the months and of the whole: as simulated, where the simulation is of these very assumptions, and estimated
 * from mean and deviation until it is. `drawn` tells which.
 */
export interface Ranges {
  months: Range[];
  total: Range;
  drawn: boolean;
}

export function rangesOf(done: ForecastDone, bands: ForecastBands | null): Ranges {
  const byMonth = new Map(bands?.months.map(({ month, band }) => [month, ofBand(band)]));
  const fits = bands !== null && done.months.every(({ month }) => byMonth.has(month));
  return {
    months: done.months.map((month) => (fits && byMonth.get(month.month)) || monthRange(month)),
    total: fits ? ofBand(bands.total) : around(plotted(done.total), plotted(done.total_sd)),
    drawn: fits,
  };
}

/** Months behind and ahead in one row. */
export interface Step {
  month: string;
  kind: 'behind' | 'present' | 'ahead';
  /** What came; of the present month so far. */
  came: string | null;
  /** What is expected in all; null of months behind. */
  expected: string | null;
  range: Range | null;
}

/** Joins what came with what is expected. The present month is both: what came so far, and the rest. */
export function stepsOf(actuals: MonthActual[], done: ForecastDone, ranges: Range[]): Step[] {
  const [first] = done.months;
  const behind = actuals.filter((month) => !month.partial && (!first || month.month < first.month));
  const started = actuals.find((month) => month.partial);
  const rest = done.rest;
  const present = rest?.month ?? started?.month;
  const steps: Step[] = behind
    .filter((month) => month.month !== present)
    .map((month) => ({ month: month.month, kind: 'behind', came: month.net, expected: null, range: null }));
  if (present) {
    const came = started?.month === present ? started.net : '0';
    const expected = sum([came, rest?.net ?? '0']);
    const open = rest ? around(plotted(rest.net), plotted(rest.sd) * Math.sqrt(share(rest, first))) : null;
    steps.push({
      month: present,
      kind: 'present',
      came,
      expected,
      range: open && {
        low: plotted(came) + open.low,
        likely: plotted(expected),
        high: plotted(came) + open.high,
      },
    });
  }
  done.months.forEach((month, index) => {
    steps.push({
      month: month.month,
      kind: 'ahead',
      came: null,
      expected: month.net,
      range: ranges[index] ?? null,
    });
  });
  return steps;
}

/** How much of a month its rest is, from what the two bring; a guard for a rest that says no deviation of its own. */
function share(rest: ForecastMonth, first: ForecastMonth | undefined): number {
  const whole = plotted(first?.net ?? rest.net);
  return whole > 0 ? Math.min(1, Math.max(0, plotted(rest.net) / whole)) : 1;
}

/** How many months behind are shown before so many ahead. */
export function behindShown(ahead: number): number {
  return Math.min(24, Math.max(9, Math.round(ahead / 2)));
}

export interface TierSteps {
  tier: Tier;
  came: (string | null)[];
  contracted: (string | null)[];
  assumed: (string | null)[];
}

/** Each tier's part of each step. What has no known plan is in none of them. */
export function tierSteps(
  steps: Step[],
  tiers: Tier[],
  actuals: MonthActual[],
  done: ForecastDone,
): TierSteps[] {
  const behind = new Map(actuals.map((month) => [month.month, month]));
  const ahead = new Map(
    [...(done.rest ? [done.rest] : []), ...done.months].map((month) => [month.month, month]),
  );
  return tiers.map((tier) => {
    const mine = <T extends { plan: string }>(plans: T[]) =>
      plans.filter((plan) => tier.plans.includes(plan.plan));
    const part = (step: Step, which: 'contracted' | 'assumed') => {
      const month = step.kind === 'behind' ? undefined : ahead.get(step.month);
      return month ? sum(mine(month.plans).map((plan) => plan[which])) : null;
    };
    return {
      tier,
      came: steps.map((step) => {
        const month = step.kind === 'ahead' ? undefined : behind.get(step.month);
        return month ? sum(mine(month.plans).map((plan) => plan.net)) : null;
      }),
      contracted: steps.map((step) => part(step, 'contracted')),
      assumed: steps.map((step) => part(step, 'assumed')),
    };
  });
}

/** What came of no known plan, a step each. */
export function planless(steps: Step[], parts: TierSteps[]): (string | null)[] {
  return steps.map((step, index) => {
    if (step.came === null) return null;
    const known = sum(parts.map((part) => part.came[index] ?? '0'));
    return sum([step.came, known.startsWith('-') ? known.slice(1) : `-${known}`]);
  });
}

export function contractedTotal(done: ForecastDone): string {
  return sum(done.months.map((month) => month.contracted));
}

export function assumedTotal(done: ForecastDone): string {
  return sum(done.months.map((month) => month.assumed));
}

/** An estimate without false precision: three figures that count, and never more decimals than the currency has. */
export function rough(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return String(Number(value.toPrecision(3)));
  return value.toFixed(size >= 100 ? 0 : Math.min(digits, 2));
}

export type PlanField = 'new_direct' | 'new_second_tier' | 'renewal';
export type SharedField = 'trial_conversion' | 'refund_probability' | 'growth';
/** What the user changed, by the assumption's key. */
export type Edits = Record<string, string>;

const SHARED: SharedField[] = ['trial_conversion', 'refund_probability', 'growth'];
const PLAN: PlanField[] = ['new_direct', 'new_second_tier', 'renewal'];

export const editKey = (plan: string, field: PlanField) => `plans.${plan}.${field}`;

/** The book's assumptions with the user's changes on top. */
export function applied(base: Assumptions, edits: Edits): Assumptions {
  const pick = (key: string, value: string) => edits[key] ?? value;
  return {
    ...base,
    trial_conversion: pick('trial_conversion', base.trial_conversion),
    refund_probability: pick('refund_probability', base.refund_probability),
    growth: pick('growth', base.growth),
    plans: base.plans.map((plan) => ({
      ...plan,
      new_direct: pick(editKey(plan.plan, 'new_direct'), plan.new_direct),
      new_second_tier: pick(editKey(plan.plan, 'new_second_tier'), plan.new_second_tier),
      renewal: pick(editKey(plan.plan, 'renewal'), plan.renewal),
    })),
  };
}

/** What of other assumptions differs from the book, as edits on top of it. */
export function editsFrom(base: Assumptions, other: Assumptions): Edits {
  const edits: Edits = {};
  const note = (key: string, mine: string, theirs: string) => {
    if (Number(mine) !== Number(theirs)) edits[key] = theirs;
  };
  for (const field of SHARED) note(field, base[field], other[field]);
  for (const plan of base.plans) {
    const theirs = other.plans.find((one) => one.plan === plan.plan);
    if (theirs) for (const field of PLAN) note(editKey(plan.plan, field), plan[field], theirs[field]);
  }
  return edits;
}

/** What is known about an assumption, by its key. */
export function evidenceOf(base: Assumptions, key: string): Evidence | null {
  return base.evidence.find((one) => one.key === key) ?? null;
}

/** True where nothing pays today and nothing new is supposed. */
export function isStill(assumptions: Assumptions): boolean {
  return assumptions.plans.every(
    (plan) =>
      plan.active_direct + plan.active_second_tier === 0 &&
      Number(plan.new_direct) + Number(plan.new_second_tier) === 0,
  );
}

/** True where a plan matters now: somebody pays for it, or somebody new is supposed. */
export function inUse(plan: PlanAssumption): boolean {
  return (
    plan.active_direct + plan.active_second_tier > 0 ||
    Number(plan.new_direct) > 0 ||
    Number(plan.new_second_tier) > 0
  );
}

/** The end of a slider for new referrals a month: room to double, in steps people think in. */
export function newMax(value: string): number {
  const wanted = Math.max(5, Number(value) * 2.5);
  return wanted <= 10 ? 10 : Math.ceil(wanted / 10) * 10;
}

/** A slider's number as a decimal string without false digits. */
export function sliderText(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** A chance in words people use: “about 3 in 4”. */
export function odds(chance: number): [number, number] | 'never' | 'always' {
  if (chance < 0.01) return 'never';
  if (chance > 0.99) return 'always';
  const choices: [number, number][] = [
    [1, 50],
    [1, 20],
    [1, 10],
    [1, 5],
    [1, 4],
    [1, 3],
    [2, 5],
    [1, 2],
    [3, 5],
    [2, 3],
    [3, 4],
    [4, 5],
    [9, 10],
    [19, 20],
    [49, 50],
  ];
  let best = choices[0] as [number, number];
  for (const choice of choices)
    if (Math.abs(choice[0] / choice[1] - chance) < Math.abs(best[0] / best[1] - chance)) best = choice;
  return best;
}
