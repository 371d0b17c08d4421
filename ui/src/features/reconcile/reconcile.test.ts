import { describe, expect, it } from 'vitest';
import { comparedTo, length } from '../earnings/periods';
import { kindName, next, reasonName, stateName } from './words';

describe('what one would explain next', () => {
  const amount = (text: string) => ({ amount: text });

  it('is the deposit first: what is missing is a fee below zero', () => {
    expect(next(amount('2.90'), amount('12.00'))).toEqual({ kind: 'fee', amount: '-2.90' });
    expect(next(amount('-0.35'), amount('0.00'))).toEqual({ kind: 'exchange', amount: '0.35' });
  });

  it('then the commissions: paid for more than the book has, or less', () => {
    expect(next(amount('0.00'), amount('12.00'))).toEqual({ kind: 'missing', amount: '12.00' });
    expect(next(amount('0'), amount('-20.00'))).toEqual({ kind: 'carried', amount: '-20.00' });
    expect(next(amount('0'), amount('0'))).toEqual({ kind: 'missing', amount: '' });
  });

  it('keeps words that it does not know', () => {
    expect(kindName('fee')).toBe('Fee');
    expect([kindName('x'), reasonName('x'), stateName('x')]).toEqual(['x', 'x', 'x']);
  });
});

describe('the period that a report is compared with', () => {
  const range = { from: '2026-02', to: '2026-04' };

  it('is as long and lies right before, or a year before', () => {
    expect(length(range)).toBe(3);
    expect(comparedTo(range, 'before')).toEqual({ from: '2025-11', to: '2026-01' });
    expect(comparedTo(range, 'year')).toEqual({ from: '2025-02', to: '2025-04' });
  });

  it('is none where there is no beginning', () => {
    expect(comparedTo({ from: null, to: null }, 'before')).toEqual({ from: null, to: null });
    expect(comparedTo(range, 'none')).toEqual({ from: null, to: null });
  });
});
