/** How numbers, money and dates are written. The language of the words and the format of the figures are set apart. */

export interface Formats {
  /** BCP 47 tag of the number and date formats. */
  locale: string;
  /** IANA name of the zone instants are shown in. */
  timeZone: string;
}

const MINUS = '\u2212';
const THIN = '\u202f';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();
/** The decimal mark of each locale, and the digits of each currency: taking a format apart is slow. */
const points = new Map<string, string>();
const minor = new Map<string, number>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  let found = cache.get(key);
  if (!found) {
    found = make();
    cache.set(key, found);
  }
  return found as T;
}

/** Decimal places a currency is written with: 2 for USD, 0 for JPY, 3 for KWD; 2 where it is unknown. */
export function minorDigits(currency: string): number {
  let digits = minor.get(currency);
  if (digits === undefined) {
    try {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      digits = 2;
    }
    minor.set(currency, digits);
  }
  return digits;
}

function pointOf(locale: string): string {
  let point = points.get(locale);
  if (point === undefined) {
    const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(0.5);
    point = parts.find((part) => part.type === 'decimal')?.value ?? '.';
    points.set(locale, point);
  }
  return point;
}

/**
 * A decimal string in the user's format, at least to the currency's minor unit and never shortened:
 * ("-1234.5", "USD") → "−1,234.50". What is not a number comes back as it is.
 */
export function decimal(amount: string, currency: string | null, formats: Formats): string {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(amount.trim());
  if (!match) return amount;
  const [, sign, whole = '0', rawFraction = ''] = match;
  const least = currency ? minorDigits(currency) : 0;
  const fraction = rawFraction.replace(/0+$/, '').padEnd(least, '0');
  const format = kept(`int ${formats.locale}`, () => new Intl.NumberFormat(formats.locale));
  const digits = format.format(BigInt(whole));
  const isZero = /^0*$/.test(whole + fraction);
  return `${sign === '-' && !isZero ? MINUS : ''}${digits}${fraction ? `${pointOf(formats.locale)}${fraction}` : ''}`;
}

/** An amount with its currency after it: "39.60 USD". */
export function money(value: { amount: string; currency: string }, formats: Formats): string {
  return `${decimal(value.amount, value.currency, formats)} ${value.currency}`;
}

/** A count with grouping and a true minus sign. */
export function count(value: number, formats: Formats): string {
  return kept(`int ${formats.locale}`, () => new Intl.NumberFormat(formats.locale))
    .format(value)
    .replace('-', MINUS);
}

/** A number shortened for an axis: 1.2K. */
export function compact(value: number, formats: Formats): string {
  return kept(
    `compact ${formats.locale}`,
    () => new Intl.NumberFormat(formats.locale, { notation: 'compact', maximumFractionDigits: 1 }),
  )
    .format(value)
    .replace('-', MINUS);
}

/** A decimal-string share in 0..1 as a percentage: "0.4" → "40%". */
export function percent(share: string | number, formats: Formats, digits = 1): string {
  return kept(
    `percent ${formats.locale} ${digits}`,
    () => new Intl.NumberFormat(formats.locale, { style: 'percent', maximumFractionDigits: digits }),
  )
    .format(Number(share))
    .replace('-', MINUS);
}

type DateStyle = 'day' | 'dayLong' | 'dayYear' | 'month' | 'monthShort';

const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric', month: 'short' },
  dayLong: { day: 'numeric', month: 'long' },
  dayYear: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  monthShort: { month: 'short', year: '2-digit' },
};

/** A calendar day "2026-03-02" or month "2026-03". A calendar date has no zone, so none is applied. */
export function date(text: string, style: DateStyle, formats: Formats): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(text);
  if (!match) return text;
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3] ?? '1'));
  return kept(
    `date ${formats.locale} ${style}`,
    () => new Intl.DateTimeFormat(formats.locale, { ...styles[style], timeZone: 'UTC' }),
  ).format(at);
}

/** An instant (RFC 3339) as day and minute in the book's zone. */
export function instant(text: string, formats: Formats): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return text;
  return kept(
    `instant ${formats.locale} ${formats.timeZone}`,
    () =>
      new Intl.DateTimeFormat(formats.locale, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: formats.timeZone,
      }),
  ).format(at);
}

/** An instant without its year, for narrow places. */
export function shortInstant(text: string, formats: Formats): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return text;
  return kept(
    `short instant ${formats.locale} ${formats.timeZone}`,
    () =>
      new Intl.DateTimeFormat(formats.locale, {
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: formats.timeZone,
      }),
  ).format(at);
}

/** The calendar day it is in the book's zone, as "2026-03-02". */
export function today(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}

/** The month a number of months away: ("2026-01", -1) → "2025-12". */
export function addMonths(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** A file size for people. */
export function bytes(size: number, formats: Formats): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const figure = kept(
    `bytes ${formats.locale}`,
    () => new Intl.NumberFormat(formats.locale, { maximumFractionDigits: 1 }),
  ).format(value);
  return `${figure}${THIN}${units[unit]}`;
}
