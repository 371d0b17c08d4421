import { describe, expect, it } from 'vitest';
import { addDays, weeksOf } from './items';

describe('the calendar', () => {
  it('counts days over the ends of months and years', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  it('has every day of a month once, in whole weeks', () => {
    for (const firstDay of [1, 6, 7]) {
      for (const month of ['2026-02', '2026-03', '2026-08', '2027-02']) {
        const weeks = weeksOf(month, firstDay);
        const days = weeks.flat();
        expect(new Set(days).size).toBe(days.length);
        const own = days.filter((day) => day.startsWith(month));
        expect(own.length).toBe(
          new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate(),
        );
        for (const week of weeks) {
          expect(week.length).toBe(7);
          expect(new Date(`${week[0]}T00:00:00Z`).getUTCDay() || 7).toBe(firstDay);
          expect(week.some((day) => day.startsWith(month))).toBe(true);
        }
      }
    }
  });
});
