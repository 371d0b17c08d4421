import { describe, expect, it } from 'vitest';
import {
  addMonths,
  bytes,
  count,
  date,
  decimal,
  instant,
  minorDigits,
  money,
  percent,
  today,
} from './format';

const en = { locale: 'en-US', timeZone: 'UTC' };
const de = { locale: 'de-DE', timeZone: 'Europe/Berlin' };

describe('money', () => {
  it('writes the minor unit of the currency', () => {
    expect(decimal('39.6', 'USD', en)).toBe('39.60');
    expect(decimal('1200', 'JPY', en)).toBe('1,200');
    expect(decimal('5.25', 'KWD', en)).toBe('5.250');
  });

  it('never shortens and never loses digits to floating point', () => {
    expect(decimal('0.123456', 'USD', en)).toBe('0.123456');
    expect(decimal('9007199254740993.01', 'USD', en)).toBe('9,007,199,254,740,993.01');
  });

  it('has a true minus sign, and none on zero', () => {
    expect(decimal('-39.60', 'USD', en)).toBe('\u221239.60');
    expect(decimal('-0.00', 'USD', en)).toBe('0.00');
  });

  it('follows the format of the place', () => {
    expect(money({ amount: '1234.5', currency: 'EUR' }, de)).toBe('1.234,50 EUR');
  });

  it('leaves what is not a number as it is', () => {
    expect(decimal('n/a', 'USD', en)).toBe('n/a');
    expect(minorDigits('???')).toBe(2);
  });
});

describe('dates', () => {
  it('shows a calendar day as it is, whatever the zone', () => {
    expect(date('2026-03-02', 'dayLong', en)).toBe('March 2');
    expect(date('2026-03', 'month', de)).toBe('März 2026');
  });

  it('shows an instant in the zone of the book', () => {
    expect(instant('2026-03-01T23:30:00Z', de)).toContain('2. März 2026');
    expect(today(new Date('2026-03-01T23:30:00Z'), 'Europe/Berlin')).toBe('2026-03-02');
  });

  it('counts months over the turn of the year', () => {
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-11', 14)).toBe('2028-01');
  });
});

describe('other figures', () => {
  it('groups and shortens', () => {
    expect(count(-1234567, en)).toBe('\u22121,234,567');
    expect(percent('0.4', en)).toBe('40%');
    expect(bytes(1_530_000, en)).toBe('1.5\u202fMB');
  });
});
