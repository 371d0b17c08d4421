import { describe, expect, it } from 'vitest';
import type {
  Assumptions,
  CohortCell,
  ForecastBands,
  ForecastDone,
  ForecastMonth,
  MonthActual,
  PlanAssumption,
} from '$/api/bindings';
import { parseRoute } from '$/lib/router.svelte';
import { explainAddress, methodAddress, readPlace, viewAddress } from './address';
import { everyMonth } from './charts/customers';
import { spread } from './charts/draw';
import { apart, hasSoFar } from './charts/fan';
import { gap, shade, striking } from './charts/heat';
import { named } from './charts/months';
import { earnedPart } from './charts/payouts';
import { swingsOf } from './charts/why';
import {
  applied,
  assumedTotal,
  behindShown,
  contractedTotal,
  editKey,
  editsFrom,
  inUse,
  isStill,
  monthRange,
  newMax,
  odds,
  planless,
  rangesOf,
  rough,
  sliderText,
  stepsOf,
  tierSteps,
  tiersOf,
} from './model';
import { oneAtATime } from './run.svelte';
import { asShare, fromShare } from './shares';

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
  vintage: null,
  concentration: null,
  shape: null,
  active_direct: 0,
  active_second_tier: 0,
  ...more,
});
const month = (name: string, net: string, sd: string, plans: ForecastMonth['plans'] = []): ForecastMonth => ({
  month: name,
  net,
  contracted: plans[0]?.contracted ?? '0',
  assumed: plans[0]?.assumed ?? '0',
  direct: net,
  second_tier: '0',
  clawback: '0',
  sd,
  active_paying: '1',
  plans,
});
const done = (months: ForecastMonth[], rest: ForecastMonth | null = null): ForecastDone => ({
  months,
  rest,
  total: String(months.reduce((all, one) => all + Number(one.net), 0)),
  total_sd: '20',
  currency: 'USD',
});
const actual = (name: string, net: string, partial = false): MonthActual => ({
  month: name,
  net,
  partial,
  plans: [{ plan: 'a/starter-monthly', net: '60' }],
});
const bands = (...months: [string, string, string, string][]): ForecastBands => ({
  months: months.map(([name, low, middle, high]) => ({ month: name, band: { low, middle, high } })),
  total: { low: '150', middle: '195', high: '260' },
  payouts: {
    runs: [],
    due_now: '0',
    on_hold: '0',
    at_risk: '0',
    minimum: '100',
    hold_days: 45,
    currency: 'USD',
  },
  paths: 1000,
  seed: 1,
  method: 'bands',
});

describe('addresses', () => {
  it('open what is behind a number, and back', () => {
    const read = (hash: string) => readPlace(parseRoute(hash));
    expect(read(viewAddress('outlook'))).toEqual({ view: 'outlook', pane: null });
    expect(read(explainAddress('payouts', 'payout', '2026-05-15'))).toEqual({
      view: 'payouts',
      pane: { kind: 'explain', what: 'payout', key: '2026-05-15', plan: null },
    });
    expect(
      read(explainAddress('why', 'assumption', 'plans.2021/starter-monthly.renewal')).pane,
    ).toMatchObject({
      key: 'plans.2021/starter-monthly.renewal',
    });
    expect(read(explainAddress('outlook', 'total')).pane).toMatchObject({ what: 'total', key: '' });
    expect(read(explainAddress('evidence', 'cohort', '2026-01', '2021/gold-annual')).pane).toMatchObject({
      plan: '2021/gold-annual',
    });
    expect(read(methodAddress('goal', 'goal'))).toEqual({
      view: 'goal',
      pane: { kind: 'method', key: 'goal' },
    });
  });

  it('that nobody knows lead to the answer', () => {
    expect(readPlace(parseRoute('#/forecast/nowhere/nothing/x'))).toEqual({ view: 'outlook', pane: null });
  });
});

describe('tiers', () => {
  const plans = [
    plan('a/gold-monthly', 'Gold', 3),
    plan('a/starter-annual', 'Starter', 1),
    plan('a/starter-monthly', 'Starter', 1),
  ];
  const ahead = done([
    month('2026-04', '1.3', '0', [
      { plan: 'a/starter-annual', contracted: '0.1', assumed: '1' },
      { plan: 'a/starter-monthly', contracted: '0.2', assumed: '0' },
    ]),
  ]);

  it('are in order, with both terms of a plan together', () => {
    expect(tiersOf(plans).map((tier) => [tier.place, tier.name, tier.plans.length])).toEqual([
      [0, 'Starter', 2],
      [1, 'Gold', 1],
    ]);
  });

  it('add up exactly, behind and ahead, and leave over what has no plan', () => {
    const behind = [actual('2026-02', '100')];
    const steps = stepsOf(behind, ahead, []);
    const parts = tierSteps(steps, tiersOf(plans), behind, ahead);
    expect(parts[0]?.came).toEqual(['60', null]);
    expect(parts[0]?.contracted).toEqual([null, '0.3']);
    expect(parts[0]?.assumed).toEqual([null, '1']);
    expect(parts[1]?.contracted).toEqual([null, '0']);
    expect(planless(steps, parts)).toEqual(['40', null]);
    expect([...named(parts)]).toEqual([1]);
  });
});

describe('the months behind and ahead', () => {
  const ahead = done([month('2026-04', '300', '30')], month('2026-03', '190', '20'));

  it('join where today is: what came so far, and the rest', () => {
    const steps = stepsOf([actual('2026-02', '280'), actual('2026-03', '100', true)], ahead, [
      { low: 260, likely: 300, high: 340 },
    ]);
    expect(steps.map(({ month, kind, came, expected }) => [month, kind, came, expected])).toEqual([
      ['2026-02', 'behind', '280', null],
      ['2026-03', 'present', '100', '290'],
      ['2026-04', 'ahead', null, '300'],
    ]);
    expect(steps[1]?.range?.low).toBeGreaterThan(100);
    expect(steps[1]?.range?.likely).toBe(290);
    expect(hasSoFar(steps)).toBe(true);
  });

  it('show no ring where nothing came yet of the month that is not over', () => {
    const none = stepsOf([actual('2026-02', '280'), actual('2026-03', '0', true)], ahead, []);
    expect(hasSoFar(none)).toBe(false);
    expect(hasSoFar(stepsOf([], done([month('2026-04', '1', '0')]), []))).toBe(false);
  });

  it('need neither a past nor a present', () => {
    expect(stepsOf([], done([month('2026-04', '1', '0')]), []).map((step) => step.kind)).toEqual(['ahead']);
    expect(behindShown(6)).toBe(9);
    expect(behindShown(60)).toBe(24);
  });
});

describe('ranges', () => {
  it('cover eight of ten outcomes and do not promise a loss where there is none', () => {
    const range = monthRange(month('2026-04', '500', '100'));
    expect(Math.round(range.low)).toBe(372);
    expect(Math.round(range.high)).toBe(628);
    expect(monthRange(month('2026-04', '10', '100')).low).toBe(0);
    expect(monthRange(month('2026-04', '-10', '100')).low).toBeLessThan(-100);
  });

  it('are the simulated ones as soon as they are of these months', () => {
    const ahead = done([month('2026-04', '100', '10'), month('2026-05', '100', '10')]);
    const first = rangesOf(ahead, null);
    expect(first.drawn).toBe(false);
    expect(first.total.high).toBeCloseTo(200 + 1.2816 * 20, 6);
    const drawn = rangesOf(ahead, bands(['2026-04', '80', '98', '130'], ['2026-05', '70', '97', '140']));
    expect(drawn.drawn).toBe(true);
    expect(drawn.months[1]).toEqual({ low: 70, likely: 97, high: 140 });
    expect(drawn.total.likely).toBe(195);
    expect(rangesOf(ahead, bands(['2026-04', '80', '98', '130'])).drawn).toBe(false);
  });

  it('are written without false precision', () => {
    expect(rough(1234.56, 2)).toBe('1230');
    expect(rough(-111_676, 2)).toBe('-112000');
    expect(rough(504.7, 2)).toBe('505');
    expect(rough(99.5, 2)).toBe('99.50');
    expect(rough(99.5, 0)).toBe('100');
  });

  it('are labelled at their ends only where the labels can be told apart', () => {
    expect(apart([120, 100, 80], 0)).toBe(true);
    expect(apart([102, 100, 98], 0)).toBe(false);
    expect(apart([102, 100, 98], 1)).toBe(true);
  });
});

describe('chances', () => {
  it('are said as people say them', () => {
    expect(odds(0.74)).toEqual([3, 4]);
    expect(odds(0.12)).toEqual([1, 10]);
    expect(odds(0.003)).toBe('never');
    expect(odds(1)).toBe('always');
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
    growth: '0',
    season: [],
    plans: [plan('a/starter-monthly', 'Starter', 1)],
    basis: [],
    evidence: [],
  };
  const key = editKey('a/starter-monthly', 'renewal');

  it('keep what the user changed on top of the book', () => {
    const now = applied(base, { trial_conversion: '0.6', growth: '0.02', [key]: '0.9' });
    expect(now.trial_conversion).toBe('0.6');
    expect(now.growth).toBe('0.02');
    expect(now.plans[0]?.renewal).toBe('0.9');
    expect(base.plans[0]?.renewal).toBe('0.95');
    expect(applied(base, {})).toEqual(base);
  });

  it('of a scenario become the sliders that differ from the book, and nothing else', () => {
    const edits = { refund_probability: '0.08', [key]: '0.9' };
    expect(editsFrom(base, applied(base, edits))).toEqual(edits);
    expect(editsFrom(base, { ...base, trial_conversion: '0.50' })).toEqual({});
    expect(editsFrom(base, { ...base, plans: [] })).toEqual({});
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
    const ahead = done([
      month('2026-04', '1', '0', [{ plan: 'a', contracted: '0.1', assumed: '0.9' }]),
      month('2026-05', '1', '0', [{ plan: 'a', contracted: '0.2', assumed: '0.8' }]),
    ]);
    expect(contractedTotal(ahead)).toBe('0.3');
    expect(assumedTotal(ahead)).toBe('1.7');
  });
});

describe('drawings', () => {
  it('of payouts never show more earned than is paid', () => {
    const bar = { on: '', came: null, low: null, high: null };
    expect(earnedPart({ ...bar, expected: '80', pending: '120' })).toBe(80);
    expect(earnedPart({ ...bar, expected: '80', pending: '20' })).toBe(20);
    expect(earnedPart({ ...bar, expected: null, pending: null })).toBe(0);
  });

  it('of what moves the result start at no change', () => {
    const [swing] = swingsOf('1000', [
      { key: 'growth', label: '', low: '0', high: '0.1', net_low: '900', net_high: '1300', swing: '400' },
    ]);
    expect([swing?.low, swing?.high]).toEqual([-100, 300]);
  });

  it('of annual renewals leave no month out', () => {
    const month = (name: string) => ({
      month: name,
      renewals: 1,
      amount: '1',
      expected: '1',
      none: '0',
      rows: [],
    });
    expect(everyMonth([month('2026-11'), month('2027-01')]).map((one) => [one.month, one.renewals])).toEqual([
      ['2026-11', 1],
      ['2026-12', 0],
      ['2027-01', 1],
    ]);
    expect(everyMonth([])).toEqual([]);
  });

  it('never lay one label on another', () => {
    expect(spread([100, 50], 100, 200)).toEqual([0, 0]);
    expect(spread([50, 50, null], 100, 200)).toEqual([0, 15, 0]);
    expect(spread([48, 50], 100, 200)).toEqual([11, 0]);
  });

  it('of cohorts outline only what chance does not explain', () => {
    const cell = (observed: string, renewals = 3): CohortCell => ({
      renewals,
      due: 10,
      paid: 5,
      observed,
      fitted: '0.8',
    });
    expect(striking(cell('0.7'), 10)).toBe(false);
    expect(striking(cell('0.4'), 10)).toBe(true);
    expect(striking(cell('0.4', 0), 10)).toBe(false);
    expect(gap(cell('0.7'))).toBeCloseTo(-0.1);
    expect([shade(0), shade(1)]).toEqual([0, 1]);
    expect(shade(0.6)).toBeCloseTo(0.5);
  });
});

describe('questions', () => {
  it('wait for the one that is on its way, and only the newest is asked', async () => {
    const asked: number[] = [];
    const run = oneAtATime(async (input: number) => {
      asked.push(input);
      await new Promise((done) => setTimeout(done, 5));
      return input;
    });
    const first = run(1);
    await Promise.resolve();
    await Promise.resolve();
    const answers = await Promise.allSettled([first, run(2), run(3)]);
    expect(answers.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(asked).toEqual([1, 3]);
  });
});

describe('shares', () => {
  it('are typed in percent', () => {
    expect(asShare('0.94')).toBe('94');
    expect(fromShare('94 %')).toBe('0.94');
    expect(fromShare('94,5')).toBe('0.945');
    expect(fromShare('101')).toBeNull();
    expect(fromShare('many')).toBeNull();
  });
});
