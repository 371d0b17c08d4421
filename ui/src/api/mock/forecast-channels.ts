/** The made-up forecast divided by channel: fixed shares, the last of which takes what is left. */
import type { Assumptions, ForecastChannels } from '../bindings';
import { runOf, two } from './forecast-numbers';
import { open } from './state';

const SHARES: [string | null, number][] = [
  ['YouTube', 0.44],
  ['Blog', 0.31],
  ['Newsletter', 0.19],
  [null, 0.06],
];

export function channelsOf(input: Assumptions): ForecastChannels {
  const done = runOf(input);
  const none = { channels: [], months: [], total: done.total, currency: done.currency };
  if (!open().ledger.length) return none;
  const split = (whole: number): string[] => {
    const parts = SHARES.slice(1).map(([, share]) => Math.round(whole * share * 100));
    const first = Math.round(whole * 100) - parts.reduce((all, part) => all + part, 0);
    return [first, ...parts].map((cents) => two(cents / 100));
  };
  const sum = (which: 'contracted' | 'assumed') =>
    done.months.reduce((all, month) => all + Number(month[which]), 0);
  const contracted = split(sum('contracted'));
  const assumed = split(sum('assumed'));
  const count = (which: 'active' | 'new') =>
    input.plans.reduce(
      (all, plan) =>
        all +
        (which === 'active'
          ? plan.active_direct + plan.active_second_tier
          : Number(plan.new_direct) + Number(plan.new_second_tier)),
      0,
    );
  const fresh = split(count('new'));
  return {
    channels: SHARES.map(([channel, share], index) => {
      const now = fresh[index] ?? '0';
      return {
        channel,
        new_now: now,
        new_low: two(Number(now) * 0.7),
        new_high: two(Number(now) * 1.35),
        active: Math.round(count('active') * share),
        contracted: contracted[index] ?? '0.00',
        assumed: assumed[index] ?? '0.00',
        net: two(Number(contracted[index]) + Number(assumed[index])),
        sentence: `${Math.round(41 * share)} of 41 new referrals in 6 full months. Too few to show a course of their own.`,
      };
    }),
    months: done.months.map((month) => ({ month: month.month, channels: split(Number(month.net)) })),
    total: done.total,
    currency: done.currency,
  };
}
