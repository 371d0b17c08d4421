/** The rows of the comparison, and how a value is written and read. */
import type { CardField, Scorecard } from '$/api/bindings';
import { m } from '$/paraglide/messages.js';

export type Form = 'rate' | 'yesno' | 'days' | 'months' | 'amount' | 'rhythm' | 'stars' | 'share' | 'words';

export interface CardRow {
  key: string;
  label: () => string;
  form: Form;
}

export const KNOWN: CardRow[] = [
  { key: 'price', label: m.card_price, form: 'amount' },
  { key: 'billing', label: m.card_billing, form: 'rhythm' },
  { key: 'commission', label: m.card_commission, form: 'rate' },
  { key: 'recurring', label: m.card_recurring, form: 'yesno' },
  { key: 'months', label: m.card_months, form: 'months' },
  { key: 'second_tier', label: m.card_second_tier, form: 'rate' },
  { key: 'cookie_days', label: m.card_cookie_days, form: 'days' },
  { key: 'trial_days', label: m.card_trial_days, form: 'days' },
  { key: 'hold_days', label: m.card_hold_days, form: 'days' },
  { key: 'minimum', label: m.card_minimum, form: 'amount' },
  { key: 'methods', label: m.card_methods, form: 'words' },
  { key: 'conversion', label: m.card_conversion, form: 'share' },
];

export const RATED: CardRow[] = [
  { key: 'material', label: m.card_material, form: 'stars' },
  { key: 'product', label: m.card_product, form: 'stars' },
  { key: 'support', label: m.card_support, form: 'stars' },
];

export function rowOf(key: string): CardRow | undefined {
  return [...KNOWN, ...RATED].find((row) => row.key === key);
}

export function fieldOf(card: Scorecard, key: string): CardField | undefined {
  return card.fields.find((field) => field.key === key);
}

/** A share as people write it: `0.4` and `40%` are both 40%. */
function share(value: string): string {
  if (!/^0?\.\d+$|^[01]$|^0\.\d+$|^1\.0*$/.test(value)) return value;
  const digits = value.replace(/^0?\./, '').padEnd(2, '0');
  if (/^1(\.0*)?$/.test(value)) return '100%';
  if (value === '0') return '0%';
  const whole = digits.slice(0, 2).replace(/^0(?=\d)/, '');
  const rest = digits.slice(2).replace(/0+$/, '');
  return `${whole}${rest ? `.${rest}` : ''}%`;
}

/** A value for people. */
export function said(form: Form, value: string): string {
  switch (form) {
    case 'yesno':
      return value === 'yes' ? m.cards_yes() : m.cards_no();
    case 'rhythm':
      return value === 'annual' ? m.cards_annual() : m.cards_monthly();
    case 'days':
      return m.cards_days({ count: value });
    case 'months':
      return value === 'unlimited' ? m.cards_unlimited() : m.cards_months({ count: value });
    case 'stars':
      return m.cards_stars({ count: value });
    case 'rate':
    case 'share':
      return value === 'none' ? m.cards_none() : share(value);
    default:
      return value;
  }
}

export function hint(form: Form): string | undefined {
  const hints: Partial<Record<Form, () => string>> = {
    rate: m.cards_value_hint_rate,
    amount: m.cards_value_hint_amount,
    months: m.cards_value_hint_months,
    days: m.cards_value_hint_days,
    share: m.cards_value_hint_share,
    stars: m.cards_value_hint_stars,
  };
  return hints[form]?.();
}
