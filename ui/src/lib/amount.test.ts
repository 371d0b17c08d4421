import { expect, it } from 'vitest';
import { typed } from './amount';

it('reads amounts as people of many places type them', () => {
  expect(typed('39.60')).toBe('39.60');
  expect(typed('39,60')).toBe('39.60');
  expect(typed('1,200')).toBe('1200');
  expect(typed('1,200.50')).toBe('1200.50');
  expect(typed('1.200,50')).toBe('1200.50');
  expect(typed('1\u202f200,5')).toBe('1200.5');
  expect(typed('1,234,567')).toBe('1234567');
  expect(typed('\u22125')).toBe('-5');
});

it('refuses what is no amount', () => {
  for (const text of ['', 'free', '12 USD', '1.2.3,4,5']) expect(typed(text)).toBeNull();
});
