import { expect, it } from 'vitest';
import { amountText, reasonName, withoutFigures } from './words';

const formats = { locale: 'de-DE', timeZone: 'UTC' };

it('writes amounts that came as text as everywhere else, and leaves other text alone', () => {
  expect(amountText('1234.5 USD', formats)).toBe('1.234,50 USD');
  expect(amountText('-39.60 USD', formats)).toBe('−39,60 USD');
  expect(amountText('about 5', formats)).toBe('about 5');
});

it('hides every figure of a text', () => {
  expect(withoutFigures('39.60 USD on 2 March')).toBe('••.•• USD on • March');
});

it('says why two rows may be one', () => {
  expect(reasonName('order')).toBe('Same order number');
  expect(reasonName('new_reason')).toBe('new_reason');
});
