import { describe, expect, it } from 'vitest';
import type { FindingDto } from '$/api/bindings';
import { parseRoute } from '$/lib/router.svelte';
import { checklistAddress, evidenceAddress, readPlace, reportAddress, viewAddress } from './address';
import { kindName, languageName } from './kinds';
import { segments, severityOf, toUtf16, withDisclosure } from './spans';

const finding = (span: [number, number] | null, severity = 'error'): FindingDto => ({
  rule: 'x',
  severity,
  message: '',
  span,
  fix: '',
  source: '',
});

describe('places in a text', () => {
  it('count characters outside the basic plane as two units', () => {
    const text = '🎉 try 👩‍💻 it';
    expect(toUtf16(text, [0, 1, 2])).toEqual([0, 2, 3]);
    const units = toUtf16(text, [2, 5]);
    expect(text.slice(units[0], units[1])).toBe('try');
  });

  it('never lie outside the text', () => {
    expect(toUtf16('abc', [3, 99])).toEqual([3, 3]);
    expect(toUtf16('', [0, 5])).toEqual([0, 0]);
  });

  it('keep the order they were asked in', () => {
    expect(toUtf16('a😀b', [2, 0, 1])).toEqual([3, 0, 1]);
  });
});

describe('marks', () => {
  it('put back together are the text, whatever overlaps', () => {
    const text = 'Earn 💸 big with Kartra';
    const cut = segments(text, [
      finding([0, 6]),
      finding([5, 10], 'warning'),
      finding(null),
      finding([3, 3]),
    ]);
    expect(cut.map((segment) => segment.text).join('')).toBe(text);
  });

  it('show the gravest finding where several meet', () => {
    const cut = segments('abcdef', [finding([0, 4], 'info'), finding([2, 6], 'error')]);
    expect(cut.map(({ text, severity, findings }) => [text, severity, findings])).toEqual([
      ['ab', 'info', [0]],
      ['cd', 'error', [0, 1]],
      ['ef', 'error', [1]],
    ]);
  });

  it('are none in an empty text', () => {
    expect(segments('', [finding([0, 3])])).toEqual([]);
    expect(severityOf('odd')).toBe('info');
  });
});

describe('inserting a disclosure', () => {
  it('puts it before everything else', () => {
    expect(withDisclosure('Try it.', 'Ad: I earn.', 'blog')).toBe('Ad: I earn.\n\nTry it.');
    expect(withDisclosure('', 'Ad: I earn.', 'blog')).toBe('Ad: I earn.');
  });

  it('leaves the subject of a mail where it is', () => {
    expect(withDisclosure('Subject: Hello\n\nBody', 'Ad.', 'email')).toBe('Subject: Hello\n\nAd.\n\nBody');
    expect(withDisclosure('Body only', 'Ad.', 'email')).toBe('Ad.\n\nBody only');
  });
});

describe('addresses', () => {
  it('lead to a checklist, an item and the other views', () => {
    expect(readPlace(parseRoute('#/compliance')).view).toBe('checklists');
    expect(readPlace(parseRoute(checklistAddress('kartra', 'A & B', 'no-spam')))).toEqual({
      view: 'checklists',
      program: 'kartra',
      campaign: 'A & B',
      item: 'no-spam',
      copy: null,
    });
    expect(readPlace(parseRoute(viewAddress('text'))).view).toBe('text');
    expect(readPlace(parseRoute(viewAddress('wordings'))).view).toBe('wordings');
    const copy = readPlace(parseRoute(evidenceAddress('A & B', 'copy-1')));
    expect([copy.view, copy.campaign, copy.copy]).toEqual(['evidence', 'A & B', 'copy-1']);
    const report = readPlace(parseRoute(reportAddress('A & B')));
    expect([report.view, report.campaign]).toEqual(['report', 'A & B']);
  });
});

it('names kinds and languages, and leaves unknown words alone', () => {
  expect(kindName('facebook-group')).toBe('Facebook group');
  expect(kindName('billboard')).toBe('billboard');
  expect(languageName('de')).toBe('German');
  expect(languageName('xx')).toBe('xx');
});
