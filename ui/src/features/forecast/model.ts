/** The forecast as it is shown: parts by plan tier, ranges in words, and what the user changed of the assumptions. */
import type { Assumptions, ForecastDone, ForecastMonth, PlanAssumption } from '$/api/bindings';
import { sum } from '$/lib/decimal';

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

export interface TierSeries {
  tier: Tier;
  contracted: string[];
  assumed: string[];
}

/** Each tier's part of each month; a plan that is in no tier is left to the totals. */
export function seriesOf(months: ForecastMonth[], tiers: Tier[]): TierSeries[] {
  return tiers.map((tier) => {
    const part = (month: ForecastMonth, which: 'contracted' | 'assumed') =>
      sum(month.plans.filter((plan) => tier.plans.includes(plan.plan)).map((plan) => plan[which]));
    return {
      tier,
      contracted: months.map((month) => part(month, 'contracted')),
      assumed: months.map((month) => part(month, 'assumed')),
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

/** Where eight of ten such months would end. An estimate for reading, so plain numbers do. */
export function monthRange(month: ForecastMonth): Range {
  return around(Number(month.net), Number(month.sd));
}

/**
 * The range of the whole. Months hang together, and how closely is not known here; standard deviations never add up to more
 * than their plain sum, so this range is as wide as it can get.
 */
export function totalRange(done: ForecastDone): Range {
  return around(
    Number(done.total),
    done.months.reduce((all, month) => all + Number(month.sd), 0),
  );
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
export type SharedField = 'trial_conversion' | 'refund_probability';
/** What the user changed, by "plan field" or by the shared field's name. */
export type Edits = Record<string, string>;

export const editKey = (plan: string, field: PlanField) => `${plan} ${field}`;

/** The book's assumptions with the user's changes on top. */
export function applied(base: Assumptions, edits: Edits): Assumptions {
  const pick = (key: string, value: string) => edits[key] ?? value;
  return {
    ...base,
    trial_conversion: pick('trial_conversion', base.trial_conversion),
    refund_probability: pick('refund_probability', base.refund_probability),
    plans: base.plans.map((plan) => ({
      ...plan,
      new_direct: pick(editKey(plan.plan, 'new_direct'), plan.new_direct),
      new_second_tier: pick(editKey(plan.plan, 'new_second_tier'), plan.new_second_tier),
      renewal: pick(editKey(plan.plan, 'renewal'), plan.renewal),
    })),
  };
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
