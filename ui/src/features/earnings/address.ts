/** The addresses of the earnings screens: what is looked at stands in the address, so that back works and others can link here. */

import { addMonths } from '$/lib/format';
import { href, type Route } from '$/lib/router.svelte';

export type View = 'summary' | 'ledger' | 'audit' | 'payouts' | 'report';

export interface LedgerFilter {
  standing: string | null;
  channel: string | null;
  campaign: string | null;
  batch: string | null;
  /** A month such as "2026-02", in place of the period of the bar. */
  month: string | null;
}

const KEYS = ['standing', 'channel', 'campaign', 'batch', 'month'] as const;

export interface Place {
  view: View;
  /** The ledger row in the pane. */
  row: string | null;
  filter: LedgerFilter;
  words: string;
}

/** `#/earnings/ledger/ID?standing=due`; a row may also stand right after the area. */
export function readPlace(route: Route): Place {
  const [first, second] = route.path;
  const known = first === 'ledger' || first === 'audit' || first === 'payouts' || first === 'report';
  const filter = Object.fromEntries(
    KEYS.map((key) => [key, route.query[key] || null]),
  ) as unknown as LedgerFilter;
  const view: View = known ? first : first && first !== 'summary' ? 'ledger' : 'summary';
  return {
    view,
    row: known ? (second ?? null) : view === 'ledger' ? (first ?? null) : null,
    filter,
    words: route.query.q ?? '',
  };
}

export function ledgerAddress(filter: Partial<LedgerFilter> & { q?: string }, row?: string | null): string {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    if (value) query.set(key, value);
  }
  if (filter.q) query.set('q', filter.q);
  const path = row ? href('earnings', 'ledger', row) : href('earnings', 'ledger');
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** First and last day of a range of months; null where it has no such bound. */
export function daysOf(range: { from: string | null; to: string | null }): {
  from: string | null;
  to: string | null;
} {
  return { from: range.from && `${range.from}-01`, to: range.to && lastDay(range.to) };
}

function lastDay(month: string): string {
  const next = new Date(`${addMonths(month, 1)}-01T00:00:00Z`);
  return new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
}
