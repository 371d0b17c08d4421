/** Answers about the audit and about planned terms. */
import { fromMicros, micros as maybe } from '$/lib/decimal';
import type { Attention, AuditDetail, AuditItem, AuditLetter, LedgerItem, TermsDiff } from '../bindings';
import type { Handlers } from '.';
import { type Book, edit, open, page, refuse, TODAY } from './state';

interface Verdict {
  state: string;
  note: string;
  deadline: string | null;
}

interface Kept {
  verdicts: Record<string, Verdict>;
  letters: Record<string, AuditLetter[]>;
}

const micros = (text: string) => maybe(text) ?? 0n;

/** With the two decimals that the application writes. */
function plain(value: bigint): string {
  const [whole = '0', fraction = ''] = fromMicros(value).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

const none: Kept = { verdicts: {}, letters: {} };
const kept = (book: Book): Kept => (book.kept?.audit as Kept | undefined) ?? none;

const KINDS = ['short_paid', 'vanished', 'late', 'missing_second_tier', 'over_paid', 'shrunk'];

function finding(book: Book, row: LedgerItem, at: number): AuditItem {
  const kind = KINDS[at % KINDS.length] ?? 'short_paid';
  const currency = row.commission?.currency ?? 'USD';
  const amount = (text: string) => ({ amount: text, currency });
  const reported = row.commission?.amount ?? '0.00';
  const stake = plain(BigInt(6 - (at % 6)) * 19_600_000n);
  const sign = kind === 'over_paid' ? 1n : -1n;
  const expected = plain(micros(reported) - sign * micros(stake));
  const id = kind === 'late' ? `${row.id}.late` : row.id;
  const verdict = kept(book).verdicts[id];
  return {
    id,
    row: row.id,
    native_id: row.native_id,
    program: row.program,
    plan: row.plan,
    occurred_on: row.occurred_on,
    kind,
    sale: row.sale,
    expected: amount(expected),
    reported: amount(kind === 'vanished' ? '0.00' : reported),
    difference: amount(`${sign < 0n ? '-' : ''}${stake}`),
    at_stake: amount(stake),
    computation: [
      'On that day the terms of version “2021” hold, in force from 2021-04-01 (Program review of 2021).',
      `The customer paid ${row.sale?.amount ?? '99.00'} ${currency}.`,
      `${row.sale?.amount ?? '99.00'} ${currency} × 40% = ${expected} ${currency}.`,
      `The report says ${reported} ${currency}, which is ${stake} ${currency} ${sign < 0n ? 'less' : 'more'}.`,
    ],
    terms: {
      key: 'direct_rate',
      label: 'commission',
      value: '40%',
      version: '2021',
      from: '2021-04-01',
      source: 'Program review of 2021 with the commission table',
      own: false,
    },
    state: verdict?.state ?? 'open',
    state_before: null,
    note: verdict?.note ?? '',
    decided_on: verdict ? TODAY : null,
    deadline: verdict?.deadline ?? null,
  };
}

function findings(book: Book): AuditItem[] {
  const rows = book.ledger.filter((row) => row.kind === 'sale' || row.kind === 'rebill');
  const many = book.ledger.length > 5000 ? 600 : 6;
  return rows
    .slice(0, many)
    .map((row, at) => finding(book, row, at))
    .sort((a, b) => Number(micros(b.at_stake.amount) - micros(a.at_stake.amount)));
}

/** What the first screen says of it, where something is open. */
export function auditAttention(book: Book): Attention[] {
  const open = findings(book).filter((one) => one.state === 'open' || one.state === 'disputed');
  if (!open.length) return [];
  const what =
    open.length === 1
      ? 'One commission does not fit its terms'
      : `${open.length} commissions do not fit their terms`;
  const stake = plain(open.reduce((sum, one) => sum + micros(one.at_stake.amount), 0n));
  return [
    { code: 'audit_findings', message: `${what}: ${stake} USD at stake.`, area: 'earnings', target: 'audit' },
  ];
}

function detail(id: string): AuditDetail {
  const book = open();
  const found =
    findings(book).find((item) => item.id === id) ??
    refuse('finding.unknown', `There is no finding “${id}”.`);
  const row =
    book.ledger.find((item) => item.id === found.row) ??
    refuse('ledger_row.unknown', `There is no row “${found.row}”.`);
  return {
    finding: found,
    row,
    story: [
      `A sale for Kartra on ${row.occurred_on}, reported by ${row.connection}.`,
      `It is on hold until ${row.matures_on}.`,
    ],
    link_url: row.link ? 'https://try.kartra.com/ana?sid1=blog' : null,
    click_at: null,
    clicks: row.link ? 42 : null,
    letters: kept(book).letters[id] ?? [],
  };
}

function keep(label: string, id: string, next: (before: Kept) => Kept): AuditDetail {
  edit(label, (book) => {
    book.kept = { ...book.kept, audit: next(structuredClone(kept(book))) };
    return null;
  });
  return detail(id);
}

export const audit: Handlers = {
  audit_list: (input) => {
    const all = findings(open()).filter((item) => !input.program || item.program === input.program);
    const stands = all.filter((item) => item.state === 'open' || item.state === 'disputed');
    const sum = (items: AuditItem[]) =>
      items.length
        ? [
            {
              amount: plain(items.reduce((total, item) => total + micros(item.at_stake.amount), 0n)),
              currency: 'USD',
            },
          ]
        : [];
    const picked = all.filter(
      (item) => (!input.kind || item.kind === input.kind) && (!input.state || item.state === input.state),
    );
    const shown = page(picked, input);
    return {
      items: shown.items,
      next: shown.next,
      total: picked.length,
      summary: {
        judged: open().ledger.length,
        unjudged: open().ledger.length
          ? [
              {
                reason: 'unknown_approval',
                why: 'the program’s word for its state is not known',
                count: 3,
              },
            ]
          : [],
        unpaid_unknown: 0,
        kinds: KINDS.map((kind) => {
          const of = stands.filter((item) => item.kind === kind);
          return { kind, count: of.length, at_stake: sum(of) };
        }).filter(({ count }) => count > 0),
        open: stands.length,
        at_stake: sum(stands),
      },
    };
  },
  audit_show: ({ id }) => detail(id),
  audit_decide: ({ id, state, note, deadline }) =>
    keep('Decided a finding', id, (before) => ({
      ...before,
      verdicts: { ...before.verdicts, [id]: { state, note: note ?? '', deadline: deadline ?? null } },
    })),
  audit_letter_add: ({ id, day, who, text }) =>
    keep('Noted what was written about a finding', id, (before) => ({
      ...before,
      letters: {
        ...before.letters,
        [id]: [...(before.letters[id] ?? []), { id: `letter-${Date.now()}`, day: day ?? TODAY, who, text }],
      },
    })),
  audit_letter_remove: ({ id, letter }) =>
    keep('Took out what was written about a finding', id, (before) => ({
      ...before,
      letters: {
        ...before.letters,
        [id]: (before.letters[id] ?? []).filter((one) => one.id !== letter),
      },
    })),
  dossier_save: ({ path }) => ({ files: [path] }),
  terms_diff: ({ id, before, on }): TermsDiff => ({
    program: id,
    before: before ?? '2020-12-31',
    on: on ?? TODAY,
    changes: [
      {
        key: 'plan_version',
        label: 'plans on sale',
        before: {
          value: '2021',
          from: '2021-04-01',
          version: '2021',
          source: 'Program review of 2021',
          own: false,
        },
        after: {
          value: '2026',
          from: '2026-01-01',
          version: '2026',
          source: 'Third-party transcription of the price page, 2026',
          own: false,
        },
      },
    ],
    plans: [
      {
        name: 'Starter',
        term: 'monthly',
        before: { amount: '39.60', currency: 'USD' },
        after: { amount: '47.60', currency: 'USD' },
      },
    ],
  }),
  terms_preview: ({ id, from, values }) => ({
    diff: {
      program: id,
      before: from,
      on: from,
      changes: Object.entries(values).map(([key, value]) => ({
        key,
        label: key,
        before: {
          value: '40%',
          from: '2021-04-01',
          version: '2021',
          source: 'Program review of 2021',
          own: false,
        },
        after: { value: value ?? '', from, version: `own ${from}`, source: 'Set by you', own: true },
      })),
      plans: [],
    },
    open: 24,
    affected: 3,
    sums: [
      {
        before: { amount: '118.80', currency: 'USD' },
        after: { amount: '89.10', currency: 'USD' },
        difference: { amount: '-29.70', currency: 'USD' },
      },
    ],
    rows: open()
      .ledger.slice(0, 3)
      .map((row) => ({
        row: row.id,
        native_id: row.native_id,
        occurred_on: row.occurred_on,
        plan: row.plan,
        reported: row.commission,
        before: { amount: '39.60', currency: 'USD' },
        after: { amount: '29.70', currency: 'USD' },
        due_before: row.matures_on,
        due_after: row.matures_on,
      })),
    forecast: {
      year_before: { amount: '31240.80', currency: 'USD' },
      year_after: { amount: '23430.60', currency: 'USD' },
      two_before: { amount: '58112.40', currency: 'USD' },
      two_after: { amount: '43584.30', currency: 'USD' },
      from,
    },
  }),
};
