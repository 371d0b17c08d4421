/** Amounts as people type them. */
import { micros } from './decimal';

/** "1,200.50" or "1200,5" as the decimal string the application takes; null where it is no amount. */
export function typed(text: string): string | null {
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^\u2212/, '-');
  if (!plain) return null;
  const lastComma = plain.lastIndexOf(',');
  const lastPoint = plain.lastIndexOf('.');
  const commas = plain.split(',').length - 1;
  const points = plain.split('.').length - 1;
  let value = plain;
  if (lastComma >= 0 && lastPoint >= 0) {
    const decimal = lastComma > lastPoint ? ',' : '.';
    value = plain.replaceAll(decimal === ',' ? '.' : ',', '').replace(',', '.');
  } else if (commas === 1 && !/,\d{3}$/.test(plain)) {
    value = plain.replace(',', '.');
  } else if (commas > 0) {
    value = plain.replaceAll(',', '');
  } else if (points > 1) {
    value = plain.replaceAll('.', '');
  }
  return micros(value) === null ? null : value;
}
