/** Amounts, shares and months in words, as they may be shown now. Reactive where they are read. */
import { date, decimal, minorDigits, money, percent } from '$/lib/format';
import { m } from '$/paraglide/messages.js';
import { preferences } from '$/state/preferences.svelte';
import { formats } from '$/state/session.svelte';
import { odds, type Range, rough } from './model';

export const HIDDEN = '•••';

/** To the cent, with the currency. */
export function exact(amount: string, currency: string): string {
  return preferences.hideAmounts ? HIDDEN : money({ amount, currency }, formats());
}

/** To the cent, where the column names the currency. Not hidden: tables hide for themselves. */
export const figure = (amount: string, currency: string) => decimal(amount, currency, formats());

/** An estimate, without false precision and without its currency. */
export function about(value: number, currency: string): string {
  if (preferences.hideAmounts) return HIDDEN;
  const text = rough(value, minorDigits(currency));
  return decimal(text, text.includes('.') ? currency : null, formats());
}

export const aboutOf = (amount: string, currency: string) => about(Number(amount), currency);

/** "420–610", for a column. */
export function span(low: number, high: number, currency: string): string {
  return `${about(low, currency)} – ${about(high, currency)}`;
}

export function between(range: Range, currency: string): string {
  return m.forecast_between({ low: about(range.low, currency), high: about(range.high, currency), currency });
}

export const share = (value: string | number) => percent(value, formats());
export const shareRound = (value: string | number) => percent(value, formats(), 0);
export const monthLong = (month: string) => date(month, 'month', formats());
export const monthShort = (month: string) => date(month, 'monthShort', formats());
export const day = (on: string) => date(on, 'day', formats());
export const dayYear = (on: string) => date(on, 'dayYear', formats());

/** Months and days within a text of the application, written as everywhere else. */
export const dated = (text: string) =>
  text.replace(/\b\d{4}-\d{2}(-\d{2})?\b/g, (found) =>
    found.length === 7 ? monthLong(found) : dayYear(found),
  );

/** A chance: "about 3 in 4". */
export function chance(value: string | number): string {
  const found = odds(Number(value));
  if (found === 'never') return m.forecast_odds_never();
  if (found === 'always') return m.forecast_odds_always();
  return m.forecast_odds({ of: found[0], all: found[1] });
}

/** How often, not how likely: a rate such as new referrals a month. */
export const number = (value: string | number, digits = 1) =>
  decimal(String(Number(Number(value).toFixed(digits))), null, formats());

export const aheadOf = (months: number) =>
  months === 1 ? m.forecast_ahead_one() : m.forecast_ahead({ months });
