/** Findings in words. */
import { m } from '$/paraglide/messages.js';

export const KINDS = [
  'short_paid',
  'over_paid',
  'missing_second_tier',
  'late',
  'rate_changed',
  'vanished',
  'shrunk',
  'refund_without_sale',
] as const;

export const STATES = ['open', 'disputed', 'accepted', 'explained'] as const;

export type State = (typeof STATES)[number];

const kinds: Record<string, () => string> = {
  short_paid: m.audit_kind_short_paid,
  over_paid: m.audit_kind_over_paid,
  missing_second_tier: m.audit_kind_missing_second_tier,
  late: m.audit_kind_late,
  rate_changed: m.audit_kind_rate_changed,
  vanished: m.audit_kind_vanished,
  shrunk: m.audit_kind_shrunk,
  refund_without_sale: m.audit_kind_refund_without_sale,
};

const states: Record<string, () => string> = {
  open: m.audit_state_open,
  accepted: m.audit_state_accepted,
  disputed: m.audit_state_disputed,
  explained: m.audit_state_explained,
};

export function kindName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

export function stateName(state: string): string {
  return states[state]?.() ?? state;
}

/** How a state looks: by a shape as well as by colour. */
export function stateBadge(state: string): {
  tone: 'warn' | 'info' | 'good' | 'quiet';
  icon: 'warning' | 'help' | 'check';
} {
  if (state === 'disputed') return { tone: 'info', icon: 'help' };
  if (state === 'accepted' || state === 'explained') return { tone: 'quiet', icon: 'check' };
  return { tone: 'warn', icon: 'warning' };
}
