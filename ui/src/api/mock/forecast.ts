/** Answers about forecasts: a plain sum of survivors, enough to look at. The real arithmetic is the application's. */
import { addMonths } from '$/lib/format';
import type { Assumptions, ForecastDone, ForecastMonth } from '../bindings';
import type { Handlers } from '.';
import { open, refuse, TODAY } from './state';

function assumptions(slug: string | null, months: number): Assumptions {
  const book = open();
  const detail =
    book.programs.find(({ program }) => !slug || program.id === slug) ??
    refuse('program.unknown', `There is no program “${slug}”.`);
  const full = book.ledger.length > 0;
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
      renewal: annual ? '0.72' : String([0.93, 0.7, 0.94, 0.7, 0.955, 0.7, 0.96][index] ?? 0.94),
      active_direct: weight ? (annual ? 4 : ([24, 0, 15, 0, 9][index] ?? 0)) : 0,
      active_second_tier: weight && index === 0 ? 3 : 0,
    };
  });
  return {
    program: detail.program.id,
    start: addMonths(TODAY.slice(0, 7), 1),
    months,
    currency: 'USD',
    trial_conversion: '0.54',
    trial_days: 14,
    refund_probability: '0.03',
    refund_after_days: 20,
    plans,
    basis: full
      ? [
          '55 referrals paid in the last 35 days.',
          'New referrals are those of the last 6 months, 41 in all.',
          'Renewals are what 212 renewals of the last 12 months say; plans with fewer than 20 use all plans together.',
          'Of 60 trials 32 went on to pay.',
        ]
      : ['The book has no commissions yet, so nothing could be learned from it.'],
  };
}

function run(input: Assumptions): ForecastDone {
  const months: ForecastMonth[] = [];
  let total = 0;
  const states = input.plans.map((plan) => ({
    plan,
    contracted: plan.active_direct + plan.active_second_tier * 0.25,
    assumed: 0,
  }));
  for (let index = 0; index < input.months; index++) {
    const plans = states.map((state) => {
      const { plan } = state;
      const annual = plan.term === 'annual';
      const keep = annual ? Number(plan.renewal) ** (1 / 12) : Number(plan.renewal);
      state.contracted *= keep;
      state.assumed =
        state.assumed * keep +
        (Number(plan.new_direct) + Number(plan.new_second_tier) * 0.25) * Number(input.trial_conversion);
      const each =
        ((Number(plan.price) * 0.4) / (annual ? 12 : 1)) * (1 - Number(input.refund_probability) * 0.2);
      return {
        plan: plan.plan,
        contracted: (state.contracted * each).toFixed(2),
        assumed: (state.assumed * each).toFixed(2),
      };
    });
    const sum = (which: 'contracted' | 'assumed') =>
      plans.reduce((all, plan) => all + Number(plan[which]), 0);
    const net = sum('contracted') + sum('assumed');
    total += net;
    months.push({
      month: addMonths(input.start, index),
      net: net.toFixed(2),
      contracted: sum('contracted').toFixed(2),
      assumed: sum('assumed').toFixed(2),
      sd: (Math.sqrt(net) * (3 + index * 0.22)).toFixed(2),
      active_paying: states.reduce((all, state) => all + state.contracted + state.assumed, 0).toFixed(2),
      plans,
    });
  }
  return { months, total: total.toFixed(2), currency: input.currency };
}

export const forecast: Handlers = {
  forecast_assumptions: ({ program, months }) => assumptions(program, months ?? 24),
  forecast_run: (input) => run(input),
};
