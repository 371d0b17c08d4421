import { describe, expect, it } from 'vitest';
import type { ConnectionDto, SyncRunDto } from '$/api/bindings';
import { logText } from './log';
import { everyName, healthOf, leadsOf, nextRun, rhythms } from './schedule';

const formats = { locale: 'en-GB', timeZone: 'UTC' };
const now = Date.parse('2026-03-10T12:00:00Z');
const connection = (more: Partial<ConnectionDto>): ConnectionDto => ({
  id: 'c-1',
  name: 'kartra',
  network: 'partnerstack',
  account: '',
  program: null,
  currency: null,
  base_url: null,
  secret: 'yes',
  last_run_at: null,
  last_outcome: null,
  title: 'PartnerStack',
  health: 'good',
  error: null,
  every_hours: null,
  next_run_at: null,
  rows: 0,
  leads: [],
  ...more,
});

describe('a schedule', () => {
  it('is off unless somebody turns it on', () => {
    expect(nextRun(connection({}), now, formats)).toBe('When you ask');
  });

  it('says when it asks next, also where that is past', () => {
    const due = connection({ every_hours: 6, next_run_at: '2026-03-10T11:00:00Z' });
    expect(nextRun(due, now, formats)).toBe('Within a minute');
    const later = connection({ every_hours: 6, next_run_at: '2026-03-10T17:00:00Z' });
    expect(nextRun(later, now, formats)).toContain('17:00');
  });

  it('has a rhythm in words, and keeps one of the user’s own', () => {
    expect([1, 5, 24, 48, 168].map((hours) => everyName(hours, formats))).toEqual([
      'Every hour',
      'Every 5 hours',
      'Every day',
      'Every 2 days',
      'Every week',
    ]);
    expect(rhythms(5)).toEqual([1, 5, 6, 12, 24, 168]);
    expect(rhythms(24)).toEqual([1, 6, 12, 24, 168]);
  });
});

it('says how a connection fares, a refusal before a missing key', () => {
  expect(healthOf(connection({})).text).toBe('Works');
  expect(healthOf(connection({ health: 'new' })).tone).toBe('quiet');
  expect(healthOf(connection({ secret: 'no' })).text).toBe('No key');
  expect(healthOf(connection({ secret: 'no', health: 'failed' })).tone).toBe('bad');
});

it('reads leads from lines and commas, each once', () => {
  expect(leadsOf(' ana@example.com\n\nben@example.com, ana@example.com;4711 ')).toEqual([
    'ana@example.com',
    'ben@example.com',
    '4711',
  ]);
});

it('writes a sync as text that can be sent', () => {
  const run: SyncRunDto = {
    id: 'run-1',
    connection: 'kartra',
    by: 'person',
    begun_at: '2026-03-10T06:12:00Z',
    ended_at: '2026-03-10T06:12:09Z',
    outcome: 'partial',
    summary: '12 new',
    batch: null,
    requests: 2,
    retries: 0,
    error: { code: 'network.timeout', message: 'It did not answer.', hints: ['Try again.'] },
    lines: [{ at: '2026-03-10T06:12:01Z', text: 'Page 1: 12 records.' }],
  };
  expect(logText(run).split('\n')).toEqual([
    'kartra: 2026-03-10T06:12:00Z – 2026-03-10T06:12:09Z, partial, 12 new',
    '2026-03-10T06:12:01Z  Page 1: 12 records.',
    'network.timeout: It did not answer.',
    'Try again.',
  ]);
});
