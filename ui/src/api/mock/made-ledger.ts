/** A made-up ledger of commissions, newest first. */
import type { LedgerItem } from '../bindings';
import { random } from './made';

const PLANS: [string, string][] = [
  ['2021/starter-monthly', '39.60'],
  ['2021/silver-monthly', '79.60'],
  ['2021/gold-monthly', '119.60'],
  ['2021/platinum-monthly', '199.60'],
  ['2021/starter-annual', '379.20'],
];
const CHANNELS = ['Blog', 'Newsletter', 'YouTube', 'Quora answers', 'Facebook Ads'];

export function makeLedger(count: number): LedgerItem[] {
  const next = random(11);
  const end = Date.UTC(2026, 2, 10, 7);
  const step = Math.min(14 * 3_600_000, (600 * 86_400_000) / count);
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(end - index * step);
    const [plan, amount] = PLANS[Math.floor(next() ** 1.8 * PLANS.length)] ?? ['', '0'];
    const age = (end - at.getTime()) / 86_400_000;
    const chance = next();
    const refund = chance < 0.03;
    const odd = chance > 0.993;
    const standing = odd ? 'unknown' : refund ? 'reversed' : age < 45 ? 'reserve' : age < 70 ? 'due' : 'paid';
    const tier = next() < 0.06 ? 'second' : 'direct';
    const currency = next() < 0.02 ? 'JPY' : 'USD';
    const day = at.toISOString().slice(0, 10);
    return {
      id: `row-${index}`,
      native_id: `rwd_${(1_000_000 + index).toString(36)}`,
      connection: 'kartra',
      batch: 'b-1',
      program: index % 17 === 16 ? 'courseforge' : 'kartra',
      plan,
      kind: refund ? 'refund' : tier === 'second' ? 'second_tier' : next() < 0.3 ? 'sale' : 'rebill',
      tier,
      occurred_at: at.toISOString(),
      occurred_on: day,
      sale: null,
      commission:
        currency === 'JPY'
          ? { amount: '11800', currency }
          : { amount: refund ? `-${amount}` : amount, currency },
      approval: odd
        ? 'other'
        : standing === 'reversed'
          ? 'reversed'
          : standing === 'reserve'
            ? 'pending'
            : 'approved',
      approval_text: odd ? 'under_review' : standing === 'reserve' ? 'pending' : 'approved',
      payment: standing === 'paid' ? 'paid' : 'unpaid',
      payment_text: standing === 'paid' ? 'withdrawn' : null,
      standing,
      matures_on: new Date(at.getTime() + 45 * 86_400_000).toISOString().slice(0, 10),
      sub_ids: [],
      link: null,
      channel: CHANNELS[Math.floor(next() * CHANNELS.length)] ?? null,
      campaign: null,
      vanished: false,
      after_lock: false,
    };
  });
}
