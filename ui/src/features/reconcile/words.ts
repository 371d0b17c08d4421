/** The words of reconciliation, and where its screens are. */
import { href } from '$/lib/router.svelte';
import { m } from '$/paraglide/messages.js';

export const KINDS = ['fee', 'exchange', 'missing', 'carried'] as const;
export type Kind = (typeof KINDS)[number];

const kinds: Record<Kind, { name: () => string; hint: () => string }> = {
  fee: { name: m.reconcile_kind_fee, hint: m.reconcile_kind_fee_hint },
  exchange: { name: m.reconcile_kind_exchange, hint: m.reconcile_kind_exchange_hint },
  missing: { name: m.reconcile_kind_missing, hint: m.reconcile_kind_missing_hint },
  carried: { name: m.reconcile_kind_carried, hint: m.reconcile_kind_carried_hint },
};

export const kindName = (kind: string): string => kinds[kind as Kind]?.name() ?? kind;
export const kindHint = (kind: Kind): string => kinds[kind].hint();

const reasons: Record<string, () => string> = {
  amount: m.reconcile_reason_amount,
  amount_with_fee: m.reconcile_reason_amount_with_fee,
  amount_after_fee: m.reconcile_reason_amount_after_fee,
  amount_nearly: m.reconcile_reason_amount_nearly,
  amount_at_rate: m.reconcile_reason_amount_at_rate,
  other_currency: m.reconcile_reason_other_currency,
  days_few: m.reconcile_reason_days_few,
  days_some: m.reconcile_reason_days_some,
  days_many: m.reconcile_reason_days_many,
  number: m.reconcile_reason_number,
  name: m.reconcile_reason_name,
};

export const reasonName = (reason: string): string => reasons[reason]?.() ?? reason;

const states: Record<string, () => string> = {
  open: m.reconcile_state_open,
  reconciled: m.reconcile_state_reconciled,
  locked: m.reconcile_state_locked,
};

export const stateName = (state: string): string => states[state]?.() ?? state;

export const payoutAddress = (id: string): string => href('earnings', 'payouts', id);
export const payoutsAddress = (): string => href('earnings', 'payouts');

/** What of the difference one would explain next: the deposit's first, as its own kind with its sign. */
export function next(
  difference: { amount: string },
  lines: { amount: string },
): { kind: Kind; amount: string } {
  const zero = (text: string) => !/[1-9]/.test(text);
  const turned = (text: string) => (text.startsWith('-') ? text.slice(1) : `-${text}`);
  if (!zero(difference.amount)) {
    const amount = turned(difference.amount);
    return { kind: amount.startsWith('-') ? 'fee' : 'exchange', amount };
  }
  return {
    kind: lines.amount.startsWith('-') ? 'carried' : 'missing',
    amount: zero(lines.amount) ? '' : lines.amount,
  };
}
