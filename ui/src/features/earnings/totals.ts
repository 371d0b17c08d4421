/** What is owed, added up per currency and put into sentences. */
import type { Amount, OwedRow } from '$/api/bindings';
import { isZero, sum } from '$/lib/decimal';

export type Figure = 'earned' | 'reserve' | 'due' | 'paid' | 'unknown';

/** The currencies of what is owed: the user's own first, then the one of the most programs. */
export function currenciesOf(rows: { currency: string }[], own: string): string[] {
  const programs = (currency: string) => rows.filter((row) => row.currency === currency).length;
  return [...new Set(rows.map((row) => row.currency))].sort(
    (a, b) => Number(b === own) - Number(a === own) || programs(b) - programs(a) || a.localeCompare(b),
  );
}

/** One figure over several programs. Amounts of two currencies never add up: one entry each. */
export function totalOf(rows: OwedRow[], figure: Figure, own: string): Amount[] {
  return currenciesOf(rows, own).map((currency) => ({
    amount: sum(rows.filter((row) => row.currency === currency).map((row) => row[figure].amount)),
    currency,
  }));
}

export interface Expected {
  program: string | null;
  date: string;
  amount: Amount;
  /** What arrives of it, where the terms take a fee. */
  arrives: Amount | null;
  days: number;
}

/** The payments to expect, the nearest first. */
export function expected(rows: OwedRow[], today: string): Expected[] {
  return rows
    .flatMap((row) =>
      row.next_payout
        ? [
            {
              program: row.program,
              date: row.next_payout.date,
              amount: { amount: row.next_payout.amount, currency: row.currency },
              arrives: row.next_payout.arrives
                ? { amount: row.next_payout.arrives, currency: row.currency }
                : null,
              days: daysBetween(today, row.next_payout.date),
            },
          ]
        : [],
    )
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Amounts that are not nothing. */
export function some(amounts: Amount[]): Amount[] {
  return amounts.filter((amount) => !isZero(amount.amount));
}
