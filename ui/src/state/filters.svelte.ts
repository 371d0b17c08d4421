/** The period and the program that are looked at, the same in every area. */
import { addMonths } from '$/lib/format';

export type Period = 'this-month' | 'last-month' | 'last-3' | 'this-year' | 'last-12' | 'all';
export const PERIODS: Period[] = ['this-month', 'last-month', 'last-3', 'this-year', 'last-12', 'all'];

/** First and last month of a period, both included; null where it has no such bound. */
export function monthsOf(period: Period, today: string): { from: string | null; to: string | null } {
  const month = today.slice(0, 7);
  switch (period) {
    case 'this-month':
      return { from: month, to: month };
    case 'last-month':
      return { from: addMonths(month, -1), to: addMonths(month, -1) };
    case 'last-3':
      return { from: addMonths(month, -2), to: month };
    case 'this-year':
      return { from: `${month.slice(0, 4)}-01`, to: month };
    case 'last-12':
      return { from: addMonths(month, -11), to: month };
    case 'all':
      return { from: null, to: null };
  }
}

const KEY = 'perennial.filters';

class Filters {
  period = $state<Period>('last-12');
  /** A program's id, or null for all of them. */
  program = $state<string | null>(null);

  constructor() {
    try {
      const saved = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
      if (PERIODS.includes(saved.period)) this.period = saved.period;
      if (typeof saved.program === 'string') this.program = saved.program;
    } catch {
      // Without a session store the filters simply start anew.
    }
  }

  set(change: { period?: Period; program?: string | null }): void {
    if (change.period) this.period = change.period;
    if (change.program !== undefined) this.program = change.program;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ period: this.period, program: this.program }));
    } catch {
      // As above.
    }
  }
}

export const filters = new Filters();
