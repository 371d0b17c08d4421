/** The period that a report is compared with. */
import { addMonths } from '$/lib/format';

export type Comparison = 'none' | 'before' | 'year';

export interface Months {
  from: string | null;
  to: string | null;
}

/** How many months a range has, both ends included. */
export function length(range: { from: string; to: string }): number {
  const months = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return months(range.to) - months(range.from) + 1;
}

/** The months to compare with; none where the period has no beginning. */
export function comparedTo(range: Months, by: Comparison): Months {
  if (by === 'none' || !range.from || !range.to) return { from: null, to: null };
  const months = by === 'year' ? 12 : length({ from: range.from, to: range.to });
  return { from: addMonths(range.from, -months), to: addMonths(range.to, -months) };
}
