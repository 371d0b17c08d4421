/** What changed since last time, in words. */
import { decimal, type Formats } from '$/lib/format';
import { m } from '$/paraglide/messages.js';

const reasons: Record<string, () => string> = {
  order: m.inbox_reason_order,
  customer: m.inbox_reason_customer,
  day: m.inbox_reason_day,
};

/** Why two rows may be one. */
export function reasonName(reason: string): string {
  return reasons[reason]?.() ?? reason;
}

/** An amount that came as text, "39.6 USD", in the user's format; other text stays as it is. */
export function amountText(text: string, formats: Formats): string {
  const match = /^([+-]?\d+(?:\.\d+)?)\s+([A-Z]{3})$/.exec(text.trim());
  return match?.[1] && match[2] ? `${decimal(match[1], match[2], formats)} ${match[2]}` : text;
}

/** Text with its figures hidden. */
export function withoutFigures(text: string): string {
  return text.replace(/\d/g, '•');
}
