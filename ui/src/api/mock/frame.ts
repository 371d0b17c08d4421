/** Answers about the book, its history and settings, and the overview. */

import { fromMicros, micros } from '$/lib/decimal';
import { addMonths } from '$/lib/format';
import type { Attention, OverviewMonth, OwedRow } from '../bindings';
import type { Handlers } from '.';
import { auditAttention } from './audit';
import { has, makeBook, mock, open, page, refuse, TODAY } from './state';

function totals(program: string, currency: string, standing: string | null): string {
  let sum = 0n;
  for (const row of open().ledger) {
    if (row.program !== program || row.commission?.currency !== currency) continue;
    if (standing ? row.standing !== standing : row.standing === 'unknown' || row.standing === 'reversed')
      continue;
    sum += micros(row.commission.amount) ?? 0n;
  }
  return fromMicros(sum);
}

export function owed(): OwedRow[] {
  const rows: OwedRow[] = [];
  for (const { program } of open().programs) {
    for (const currency of ['USD', 'JPY']) {
      const amount = (standing: string | null) => ({
        amount: totals(program.id, currency, standing),
        currency,
      });
      const earned = amount(null);
      if (earned.amount === '0') continue;
      const due = amount('due');
      rows.push({
        program: program.id,
        currency,
        earned,
        reserve: amount('reserve'),
        due,
        paid: amount('paid'),
        unknown: amount('unknown'),
        next_payout:
          currency === 'USD' ? { date: '2026-03-15', amount: due.amount, fee: null, arrives: null } : null,
      });
    }
  }
  return rows;
}

function months(): OverviewMonth[] {
  const byMonth = new Map<string, bigint>();
  for (const row of open().ledger) {
    if (row.commission?.currency !== 'USD' || row.standing === 'unknown') continue;
    const month = row.occurred_on.slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0n) + (micros(row.commission.amount) ?? 0n));
  }
  const first = addMonths(TODAY.slice(0, 7), -12);
  return [...byMonth]
    .filter(([month]) => month >= first)
    .sort()
    .map(([month, sum]) => ({ month, amount: { amount: fromMicros(sum), currency: 'USD' } }));
}

const ATTENTION: Attention[] = [
  {
    code: 'choose_terms',
    message: 'Kartra: sources disagree on 2 terms. Choose what your dashboard says.',
    area: 'programs',
    target: 'kartra',
  },
  {
    code: 'checklist_open',
    message: 'Kartra: 3 of 9 checklist items are open.',
    area: 'compliance',
    target: 'kartra',
  },
  {
    code: 'unknown_words',
    message: '4 rows came with a status that is not known.',
    area: 'earnings',
    target: null,
  },
];

declare global {
  interface Window {
    /** Lets a test keep the book from opening for a while. */
    __perennialHold?: Promise<void>;
  }
}

export const frame: Handlers = {
  status: async () => {
    await window.__perennialHold;
    return {
      book: mock.book?.info ?? null,
      default_path: '/home/ana/Documents/Perennial/My book.perennial',
      version: '0.1.0',
      trouble: null,
    };
  },
  book_new: ({ path, sample }) => {
    const book = makeBook(sample ? 'sample' : 'empty', path);
    book.info.set_up = sample;
    mock.book = book;
    return book.info;
  },
  book_open: ({ path }) => {
    if (path.includes('missing'))
      refuse('book.not_found', `There is no book at ${path}.`, 'Choose another file.');
    mock.book = makeBook('sample', path);
    return mock.book.info;
  },
  book_check: () => ({
    ok: true,
    checks: [
      { name: 'integrity', ok: true, detail: 'The file is sound.' },
      { name: 'foreign_keys', ok: true, detail: 'Every reference leads somewhere.' },
      {
        name: 'identity',
        ok: true,
        detail: 'Payouts, balance and pending add up to commissions less clawbacks, for 2 programs.',
      },
      { name: 'batch_totals', ok: true, detail: '3 batches, each adds up to what was imported.' },
    ],
  }),
  book_backup: ({ path }) => ({ files: [path] }),
  book_restore: ({ to }) => {
    mock.book = makeBook('sample', to);
    return mock.book.info;
  },
  book_export: ({ dir, format }) => ({
    files: ['programs', 'links', 'ledger'].map((name) => `${dir}/${name}.${format}`),
  }),
  book_set_up: ({ identity, channels }) => {
    const book = open();
    if (identity.includes(' '))
      refuse(
        'link.bad_identity',
        `“${identity}” is neither a code nor a link of Kartra’s.`,
        'Paste your link from the dashboard.',
      );
    const [kartra] = book.programs;
    if (kartra) kartra.program.identity = identity.replace(/^https?:\/\/try\.kartra\.com\//, '') || null;
    const known = makeBook('sample').channels;
    book.channels = known.filter((channel) => channels.includes(channel.kind));
    book.info = { ...book.info, set_up: true };
    mock.book = { ...book };
    return book.info;
  },
  sample_load: () => {
    const path = open().info.path;
    mock.book = makeBook('sample', path);
    return mock.book.info;
  },
  sample_remove: () => {
    const path = open().info.path;
    mock.book = makeBook('empty', path);
    return mock.book.info;
  },
  settings_get: () => open().settings,
  settings_set: (settings) => {
    open().settings = settings;
    return settings;
  },
  history_list: (input) =>
    page(
      open().changes.filter((change) => has(input.search, change.label)),
      input,
    ),
  undo: () => {
    const step = mock.past.pop();
    if (!step || !mock.book) return refuse('history.nothing', 'There is nothing to undo.');
    mock.future.push({ label: step.label, book: mock.book });
    mock.book = { ...step.book, info: { ...step.book.info, redo: step.label } };
    return { label: step.label, undo: step.book.info.undo, redo: step.label };
  },
  redo: () => {
    const step = mock.future.pop();
    if (!step || !mock.book) return refuse('history.nothing', 'There is nothing to do again.');
    mock.past.push({ label: step.label, book: mock.book });
    mock.book = step.book;
    return { label: step.label, undo: step.label, redo: null };
  },
  job_status: () => ({ running: false, done: 0, total: 0 }),
  job_cancel: () => ({ running: false, done: 0, total: 0 }),
  overview: () => {
    const full = open().ledger.length > 0;
    const past = full ? months() : [];
    return {
      today: TODAY,
      owed: full ? owed() : [],
      months: past,
      ahead_due: false,
      ahead: full
        ? Array.from({ length: 6 }, (_, index) => ({
            month: addMonths(TODAY.slice(0, 7), index + 1),
            amount: { amount: String(3100 + index * 60), currency: 'USD' },
          }))
        : [],
      recent: open().ledger.slice(0, 8),
      attention: full ? [...auditAttention(open()), ...ATTENTION] : ATTENTION.slice(0, 2),
      badges: { programs: 1, earnings: full ? 4 : 0, compliance: 3, connections: 0, notebook: 0 },
    };
  },
};
