import { describe, expect, it } from 'vitest';
import { compare, fromMicros, isNegative, isZero, micros, oneCurrency, sum } from './decimal';

describe('decimal strings', () => {
  it('adds without the errors of floating point', () => {
    expect(sum(['0.1', '0.2'])).toBe('0.3');
    expect(sum(['39.60', '-39.60'])).toBe('0');
    expect(sum(['999999999999.999999', '0.000001'])).toBe('1000000000000');
  });

  it('round-trips what the book can hold', () => {
    for (const text of ['0', '39.6', '-119.6', '0.000001', '123456789.123456']) {
      expect(fromMicros(micros(text) ?? 0n)).toBe(text);
    }
  });

  it('refuses what is no plain number', () => {
    for (const text of ['', '1e5', '1,000', 'NaN', '--1', '0.0000001']) expect(micros(text)).toBeNull();
  });

  it('orders by value and puts the unknown last', () => {
    expect(['10', '9', '-1', 'x'].sort(compare)).toEqual(['-1', '9', '10', 'x']);
    expect(compare(null, '1')).toBeGreaterThan(0);
  });

  it('names a currency for a column only where all amounts share it', () => {
    expect(oneCurrency([{ currency: 'USD' }, null, { currency: 'USD' }])).toBe('USD');
    expect(oneCurrency([{ currency: 'USD' }, { currency: 'JPY' }])).toBeNull();
    expect(oneCurrency([])).toBeNull();
  });

  it('knows zero and the sign', () => {
    expect(isZero('0.00')).toBe(true);
    expect(isNegative('-0.01')).toBe(true);
    expect(isNegative('0.01')).toBe(false);
  });
});
