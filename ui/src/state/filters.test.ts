import { expect, it } from 'vitest';
import { monthsOf } from './filters.svelte';

it('knows the months of each period', () => {
  expect(monthsOf('this-month', '2026-03-14')).toEqual({ from: '2026-03', to: '2026-03' });
  expect(monthsOf('last-month', '2026-01-31')).toEqual({ from: '2025-12', to: '2025-12' });
  expect(monthsOf('last-3', '2026-02-01')).toEqual({ from: '2025-12', to: '2026-02' });
  expect(monthsOf('this-year', '2026-03-14')).toEqual({ from: '2026-01', to: '2026-03' });
  expect(monthsOf('last-12', '2026-03-14')).toEqual({ from: '2025-04', to: '2026-03' });
  expect(monthsOf('all', '2026-03-14')).toEqual({ from: null, to: null });
});
