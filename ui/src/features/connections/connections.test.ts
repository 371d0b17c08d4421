import { describe, expect, it } from 'vitest';
import { mappingToml, missing, nameFor } from './mapping';
import { networkName } from './networks';

describe('a mapping made by hand', () => {
  it('becomes a document, whatever the columns are called', () => {
    expect(
      mappingToml('My "report"', { occurred_at: 'Date', commission: 'Ad Fees($) \\ "net"', sale: '' }),
    ).toBe(
      'name = "My \\"report\\""\n\n[columns]\noccurred_at = "Date"\ncommission = "Ad Fees($) \\\\ \\"net\\""\n',
    );
    expect(mappingToml('a\tb', {})).toContain('name = "a\\u0009b"');
  });

  it('says which required fields still lack a column', () => {
    const fields = [
      { name: 'occurred_at', required: true },
      { name: 'commission', required: true },
      { name: 'sale', required: false },
    ];
    expect(missing(fields, { occurred_at: 'Date', commission: '' })).toEqual(['commission']);
  });

  it('is named after the file, not after its month', () => {
    expect(nameFor('/home/ana/Kartra_earnings_2026-02.csv')).toBe('Kartra earnings');
    expect(nameFor('C:\\reports\\2026.csv')).toBe('2026');
  });
});

it('names the networks, and leaves unknown ones as they are', () => {
  expect(networkName('partnerstack')).toBe('PartnerStack');
  expect(networkName('newone')).toBe('newone');
});
