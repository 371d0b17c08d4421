import { describe, expect, it } from 'vitest';
import type { Assumptions, ForecastDone, ForecastMonth, PlanAssumption } from '$/api/bindings';
import { endLabels } from './chart';
import {
  applied,
  assumedTotal,
  contractedTotal,
  editKey,
  inUse,
  isStill,
  monthRange,
  newMax,
  rough,
  seriesOf,
  sliderText,
  tiersOf,
  totalRange,
} from './model';

const plan = (
  id: string,
  name: string,
  tier: number,
  more: Partial<PlanAssumption> = {},
): PlanAssumption => ({
  plan: id,
  name,
  term: id.endsWith('annual') ? 'annual' : 'monthly',
  tier,
  price: '99',
  new_direct: '0',
  new_second_tier: '0',
  renewal: '0.95',
  active_direct: 0,
  active_second_tier: 0,
  ...more,
});
const month = (net: string, sd: string, plans: ForecastMonth['plans'] = []): ForecastMonth => ({
  month: '2026-04',
  net,
  contracted: plans[0]?.contracted ?? '0',
  assumed: plans[0]?.assumed ?? '0',
  sd,
  active_paying: '1',
  plans,
});

describe('tiers', () => {
  const plans = [
    plan('a/gold-monthly', 'Gold', 3),
    plan('a/starter-annual', 'Starter', 1),
    plan('a/starter-monthly', 'Starter', 1),
  ];

  it('are in order, with both terms of a plan together', () => {
    expect(tiersOf(plans).map((tier) => [tier.place, tier.name, tier.plans.length])).toEqual([
      [0, 'Starter', 2],
      [1, 'Gold', 1],
    ]);
  });

  it('add up exactly', () => {
    const months = [
      month('0.3', '0', [
        { plan: 'a/starter-annual', contracted: '0.1', assumed: '1' },
        { plan: 'a/starter-monthly', contracted: '0.2', assumed: '0' },
      ]),
    ];
    const [starter, gold] = seriesOf(months, tiersOf(plans));
    expect(starter?.contracted).toEqual(['0.3']);
    expect(starter?.assumed).toEqual(['1']);
    expect(gold?.contracted).toEqual(['0']);
  });

  it('are named at the end of the bar only where they are thick enough, once each', () => {
    const tiers = tiersOf(plans);
    const [starter, gold] = tiers;
    if (!starter || !gold) throw new Error('two tiers');
    const labels = endLabels([
      { tier: starter, contracted: ['50'], assumed: ['60'] },
      { tier: gold, contracted: ['1'], assumed: ['0'] },
    ]);
    expect([...labels]).toEqual([[1, 'assumed']]);
    expect(endLabels([]).size).toBe(0);
  });
});

describe('ranges', () => {
  it('cover eight of ten outcomes and do not promise a loss where there is none', () => {
    const range = monthRange(month('500', '100'));
    expect(Math.round(range.low)).toBe(372);
    expect(Math.round(range.high)).toBe(628);
    expect(monthRange(month('10', '100')).low).toBe(0);
    expect(monthRange(month('-10', '100')).low).toBeLessThan(-100);
  });

  it('suppose for the whole that good and bad months come together', () => {
    const done: ForecastDone = {
      months: [month('100', '10'), month('100', '10')],
      total: '200',
      currency: 'USD',
    };
    expect(totalRange(done).high).toBeCloseTo(200 + 1.2816 * 20, 6);
  });

  it('are written without false precision', () => {
    expect(rough(1234.56, 2)).toBe('1230');
    expect(rough(-111_676, 2)).toBe('-112000');
    expect(rough(504.7, 2)).toBe('505');
    expect(rough(99.5, 2)).toBe('99.50');
    expect(rough(99.5, 0)).toBe('100');
  });
});

describe('assumptions', () => {
  const base: Assumptions = {
    program: 'kartra',
    start: '2026-04',
    months: 24,
    currency: 'USD',
    trial_conversion: '0.5',
    trial_days: 14,
    refund_probability: '0.03',
    refund_after_days: 20,
    plans: [plan('a/starter-monthly', 'Starter', 1)],
    basis: [],
  };

  it('keep what the user changed on top of the book', () => {
    const now = applied(base, { trial_conversion: '0.6', [editKey('a/starter-monthly', 'renewal')]: '0.9' });
    expect(now.trial_conversion).toBe('0.6');
    expect(now.plans[0]?.renewal).toBe('0.9');
    expect(base.plans[0]?.renewal).toBe('0.95');
    expect(applied(base, {})).toEqual(base);
  });

  it('know when there is nothing to forecast', () => {
    expect(isStill(base)).toBe(true);
    expect(isStill(applied(base, { [editKey('a/starter-monthly', 'new_direct')]: '0.5' }))).toBe(false);
    expect(inUse(plan('x', 'X', 1, { active_second_tier: 1 }))).toBe(true);
  });

  it('give the sliders room and plain numbers', () => {
    expect(newMax('0')).toBe(10);
    expect(newMax('12')).toBe(30);
    expect(sliderText(0.1 + 0.2)).toBe('0.3');
  });

  it('sum the parts of the whole', () => {
    const done: ForecastDone = {
      months: [
        month('1', '0', [{ plan: 'a', contracted: '0.1', assumed: '0.9' }]),
        month('1', '0', [{ plan: 'a', contracted: '0.2', assumed: '0.8' }]),
      ],
      total: '2',
      currency: 'USD',
    };
    expect(contractedTotal(done)).toBe('0.3');
    expect(assumedTotal(done)).toBe('1.7');
  });
});
