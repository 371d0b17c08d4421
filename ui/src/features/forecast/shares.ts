/** Shares as people type them: in percent. */
import { typed } from '$/lib/amount';

/** Whether a common value is a share of 0 to 1. */
export function isShare(key: string): boolean {
  return /^(renewal|trial|refund)/.test(key);
}

/** "0.94" → "94", exactly. */
export function asShare(value: string): string {
  return String(Number((Number(value) * 100).toFixed(6)));
}

/** "94", "94 %" or "94,5" as a share "0.94"; null where it is none. */
export function fromShare(text: string): string | null {
  const plain = typed(text.replace('%', ''));
  if (plain === null) return null;
  const value = Number(plain);
  return value >= 0 && value <= 100 ? String(Number((value / 100).toFixed(8))) : null;
}
