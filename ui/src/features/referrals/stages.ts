/** The steps of a referral's life: its word, its shape and its colour, so that colour alone never says it. */
import type { IconName } from '$/lib/icons';
import { m } from '$/paraglide/messages.js';

export const STAGES = [
  'click',
  'lead',
  'trial',
  'paying',
  'upgraded',
  'past_due',
  'cancelled',
  'refunded',
] as const;
export type Stage = (typeof STAGES)[number];
type Tone = 'quiet' | 'good' | 'warn' | 'bad' | 'info' | 'outline';

const looks: Record<Stage, { label: () => string; icon: IconName; tone: Tone }> = {
  click: { label: m.stage_click, icon: 'links', tone: 'outline' },
  lead: { label: m.stage_lead, icon: 'circle', tone: 'outline' },
  trial: { label: m.stage_trial, icon: 'clock', tone: 'info' },
  paying: { label: m.stage_paying, icon: 'check', tone: 'good' },
  upgraded: { label: m.stage_upgraded, icon: 'arrow', tone: 'good' },
  past_due: { label: m.stage_past_due, icon: 'warning', tone: 'warn' },
  cancelled: { label: m.stage_cancelled, icon: 'close', tone: 'quiet' },
  refunded: { label: m.stage_refunded, icon: 'reversed', tone: 'bad' },
};

export function stageLook(stage: string) {
  return looks[stage as Stage] ?? { label: () => stage, icon: 'help' as const, tone: 'quiet' as const };
}

/** An alias made by the book, short enough for a line. */
export function shortName(alias: string): string {
  const made = /^customer-([0-9a-f]{12})$/.exec(alias)?.[1];
  return made ? `#${made.slice(0, 6)}` : alias;
}
