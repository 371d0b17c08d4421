/** The ledger's words for people. */
import type { Status } from '$/components/StatusChip.svelte';
import { m } from '$/paraglide/messages.js';

const kinds: Record<string, () => string> = {
  sale: m.kind_sale,
  rebill: m.kind_rebill,
  lead: m.kind_lead,
  bonus: m.kind_bonus,
  second_tier: m.kind_second_tier,
  refund: m.kind_refund,
  chargeback: m.kind_chargeback,
  correction: m.kind_correction,
};

export function kindName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

export function standingOf(standing: string): Status {
  return standing === 'reserve' ||
    standing === 'due' ||
    standing === 'paid' ||
    standing === 'reversed' ||
    standing === 'earned'
    ? standing
    : 'unknown';
}

/** "2021/starter-monthly" → "Starter, monthly (2021)"; a network's own word stays as it is. */
export function planName(plan: string | null): string {
  const match = /^([^/]+)\/(.+)-(monthly|annual)$/.exec(plan ?? '');
  if (!match) return plan ?? '';
  const [, version = '', name = '', term] = match;
  const title = name.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
  return m.plan_name({ name: title, term: term === 'annual' ? m.plan_annual() : m.plan_monthly(), version });
}
