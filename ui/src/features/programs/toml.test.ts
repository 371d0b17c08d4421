import { expect, it } from 'vitest';
import { type Draft, document, IN_FORM, quoted, slug } from './toml';
import { TERMS } from './words';

const draft: Draft = {
  name: 'Café Kurse “Pro”',
  website: '',
  url: 'https://kurse.example/?ref={identity}',
  from: '2026-03-01',
  currency: 'eur',
  direct: '25.00 EUR',
  secondTier: '',
  maxMonths: '12',
  cookieDays: '60',
  trialDays: '0',
  holdDays: '30',
  minimum: '1.200,50',
  runDay: '1',
  plans: [
    { name: 'Solo', term: 'monthly', price: '49' },
    { name: 'Solo', term: 'annual', price: '490,00' },
    { name: '', term: 'monthly', price: '' },
  ],
  more: [],
};

it('makes short names that files and commands can carry', () => {
  expect(slug('Café Kurse “Pro”')).toBe('cafe-kurse-pro');
  expect(slug('***')).toBe('program');
});

it('writes what was typed, quoted, with amounts made plain', () => {
  const text = document(draft);
  expect(text).toContain('slug = "cafe-kurse-pro"');
  expect(text).toContain('hosts = ["kurse.example"]');
  expect(text).toContain('direct_rate = "25.00 EUR"');
  expect(text).toContain('minimum = "1200.50"');
  expect(text).toContain('key = "solo-annual", name = "Solo", term = "annual", tier = 0, price = "490.00"');
  expect(text).not.toContain('second_tier_rate');
  expect(text.match(/key = /g)).toHaveLength(2);
});

it('takes every further rule of the terms editor along, and asks for none twice', () => {
  const further = TERMS.filter((term) => !IN_FORM.includes(term.key));
  const more = further.map((term) => ({ key: term.key, value: term.example }));
  const lines = document({ ...draft, secondTier: '10%', more }).split('\n');
  const values = lines.slice(lines.indexOf('[terms.values]'), lines.indexOf('[[plan_sets]]'));
  for (const term of TERMS) {
    expect(values.filter((line) => line.startsWith(`${term.key} = `))).toHaveLength(1);
  }
  expect(lines).toContain('split_release = "0=40%; 60=60%"');
});

it('cannot be broken out of by a quote or a line end', () => {
  expect(quoted('a"b\nc\\')).toBe('"a\\"b\\nc\\\\"');
});
