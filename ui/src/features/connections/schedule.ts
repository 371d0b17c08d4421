/** How often a connection is asked by itself, and how it fares, in words. */
import type { ConnectionDto } from '$/api/bindings';
import { count, type Formats, instant } from '$/lib/format';
import type { IconName } from '$/lib/icons';
import { m } from '$/paraglide/messages.js';

const USUAL = [1, 6, 12, 24, 168];

/** "every day" rather than "every 24 hours". */
export function everyName(hours: number, formats: Formats): string {
  if (hours === 1) return m.networks_every_hour();
  if (hours === 24) return m.networks_every_day();
  if (hours === 168) return m.networks_every_week();
  return hours % 24 === 0
    ? m.networks_every_days({ figure: count(hours / 24, formats) })
    : m.networks_every_hours({ figure: count(hours, formats) });
}

/** What the schedule can be set to; a rhythm of the user's own stays among them. */
export function rhythms(now: number | null): number[] {
  return [...new Set([...USUAL, ...(now === null ? [] : [now])])].sort((a, b) => a - b);
}

/** When it is asked next. */
export function nextRun(connection: ConnectionDto, now: number, formats: Formats): string {
  if (connection.every_hours === null) return m.networks_next_never();
  if (connection.next_run_at === null || Date.parse(connection.next_run_at) <= now)
    return m.networks_next_due();
  return instant(connection.next_run_at, formats);
}

interface Health {
  tone: 'quiet' | 'good' | 'warn' | 'bad';
  icon: IconName;
  text: string;
}

/** How a connection fares; a missing key comes before everything else. */
export function healthOf(connection: ConnectionDto): Health {
  if (connection.health === 'failed')
    return { tone: 'bad', icon: 'warning', text: m.networks_health_failed() };
  if (connection.secret === 'no') return { tone: 'warn', icon: 'warning', text: m.networks_key_no() };
  if (connection.health === 'partial')
    return { tone: 'warn', icon: 'warning', text: m.networks_health_partial() };
  if (connection.health === 'good') return { tone: 'good', icon: 'check', text: m.networks_health_good() };
  return { tone: 'quiet', icon: 'circle', text: m.networks_never() };
}

/** One lead a line, or with commas between them; blank and repeated ones are left out. */
export function leadsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\n,;]+/)
        .map((lead) => lead.trim())
        .filter(Boolean),
    ),
  ];
}
