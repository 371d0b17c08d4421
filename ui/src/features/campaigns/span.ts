import type { CampaignRow } from '$/api/bindings';
import { date, type Formats } from '$/lib/format';
import { m } from '$/paraglide/messages.js';

/** When a campaign runs, in words: "Feb 15 – Apr 15, 2026", "since June 1, 2025". */
export function span(row: Pick<CampaignRow, 'starts_on' | 'ends_on'>, formats: Formats): string {
  const { starts_on: from, ends_on: to } = row;
  if (from && to) {
    const sameYear = from.slice(0, 4) === to.slice(0, 4);
    return `${date(from, sameYear ? 'day' : 'dayYear', formats)} – ${date(to, 'dayYear', formats)}`;
  }
  if (from) return m.campaigns_since({ date: date(from, 'dayYear', formats) });
  if (to) return m.campaigns_until({ date: date(to, 'dayYear', formats) });
  return '';
}
