/** The words of the ledger as people read them. What a network says in a word of its own stays as it is. */

import type { Status } from '$/components/StatusChip.svelte';
import { m } from '$/paraglide/messages.js';

const kinds: Record<string, () => string> = {
  sale: m.earnings_kind_sale,
  rebill: m.earnings_kind_rebill,
  lead: m.earnings_kind_lead,
  bonus: m.earnings_kind_bonus,
  second_tier: m.earnings_kind_second_tier,
  refund: m.earnings_kind_refund,
  chargeback: m.earnings_kind_chargeback,
  correction: m.earnings_kind_correction,
};

export function kindName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

const STANDINGS: Status[] = ['reserve', 'due', 'paid', 'reversed', 'unknown'];

/** The chip of a standing; a word that is none of ours is unknown. */
export function standingOf(word: string): Status {
  return STANDINGS.find((standing) => standing === word) ?? 'unknown';
}

/** "2021/starter-monthly" → "Starter, monthly (2021)". A plan in the source's own words stays verbatim. */
export function planName(plan: string | null): string {
  const match = /^([^/]+)\/(.+)-(monthly|annual)$/.exec(plan ?? '');
  if (!match) return plan ?? '';
  const [, version = '', slug = '', term = ''] = match;
  const name = slug.replace(/[-_]+/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
  const words = {
    name,
    version,
    term: term === 'annual' ? m.earnings_term_annual() : m.earnings_term_monthly(),
  };
  return /^\d{4}$/.test(version) ? m.earnings_plan_dated(words) : m.earnings_plan(words);
}

const fields: Record<string, () => string> = {
  approval: m.earnings_field_approval,
  payment: m.earnings_field_payment,
  commission: m.earnings_field_commission,
  sale: m.earnings_field_sale,
  kind: m.earnings_field_kind,
  vanished: m.earnings_field_vanished,
};

/** What changed at the source, in a word. */
export function fieldName(field: string): string {
  return fields[field]?.() ?? field.replaceAll('_', ' ');
}
