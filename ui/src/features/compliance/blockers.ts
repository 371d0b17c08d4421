/** What stands in the way of publishing: its words, and where to settle it. */
import type { Blocker } from '$/api/bindings';
import { m } from '$/paraglide/messages.js';
import { checklistAddress, evidenceAddress } from './address';

export function blockerText({ kind, subject, count, text }: Blocker): string {
  const many = count ?? 0;
  if (kind === 'terms_not_accepted') return m.blocker_terms_not_accepted({ program: subject });
  if (kind === 'terms_changed') {
    return many
      ? m.blocker_terms_reopened({ program: subject, count: many })
      : m.blocker_terms_changed({ program: subject });
  }
  if (kind === 'item_open') return m.blocker_item_open({ demand: subject });
  if (kind === 'check_failed') return m.blocker_check_failed({ place: subject, count: many });
  return text;
}

export function blockerAddress(one: Blocker, campaign: string | null): string | null {
  if (one.copy) return evidenceAddress(campaign, one.copy);
  if (one.program && campaign) return checklistAddress(one.program, campaign, one.item ?? undefined);
  return null;
}
