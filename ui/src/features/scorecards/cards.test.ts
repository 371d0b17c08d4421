import { expect, test } from 'vitest';
import { said } from './cards';

test('shares read as percentages, however they were written', () => {
  expect(said('rate', '0.40')).toBe('40%');
  expect(said('rate', '0.4')).toBe('40%');
  expect(said('rate', '40%')).toBe('40%');
  expect(said('rate', '0.125')).toBe('12.5%');
  expect(said('share', '0.02')).toBe('2%');
  expect(said('rate', '1')).toBe('100%');
  expect(said('rate', '25.00 USD')).toBe('25.00 USD');
  expect(said('rate', 'none')).toBe('None');
});

test('counts and words are said whole', () => {
  expect(said('months', 'unlimited')).toBe('Unlimited');
  expect(said('months', '12')).toBe('12 months');
  expect(said('stars', '4')).toBe('4 of 5');
  expect(said('yesno', 'no')).toBe('No');
});
