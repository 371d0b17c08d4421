/** Answers about report files, mappings and batches. */

import { micros } from '$/lib/decimal';
import type {
  BatchRow,
  FoundWord,
  ImportDone,
  ImportInput,
  ImportOptions,
  ImportPreview,
  ImportPreviewInput,
  MappingDraft,
  MappingRow,
  PreviewRow,
} from '../bindings';
import type { Handlers } from '.';
import { changedRows, duplicateRows } from './inbox-rows';
import { work } from './jobs';
import { type Book, has, open, page, refuse } from './state';

const made = new WeakMap<Book['ledger'], BatchRow[]>();
const known = new Set<string>();
const mappings = new Map<string, MappingRow>();

const FIELDS = [
  ['date', 'When it happened'],
  ['commission', 'What you earn'],
  ['id', 'The network’s own number of the row'],
  ['sale', 'What the customer paid'],
  ['currency', 'Currency of the amounts'],
  ['status', 'Whether it is pending, approved or reversed'],
  ['payment', 'Whether it is paid'],
  ['kind', 'What it is: sale, rebill, refund …'],
  ['program', 'The program'],
  ['plan', 'The product or plan'],
  ['sub_id', 'A sub-ID of your link'],
  ['customer', 'The customer’s number'],
  ['order', 'The order’s number'],
  ['reason', 'Why it was reversed'],
].map(([name = '', label = ''], index) => ({ name, label, required: index < 2 }));

export const fileOf = (path: string) => path.replace(/^.*[\\/]/, '');

function draftOf(name: string, columns: [string, string][], words: MappingDraft['words'] = []): MappingDraft {
  return {
    name,
    columns: columns.map(([field, column]) => ({ field, column })),
    program: null,
    currency: null,
    kind: null,
    tier: null,
    approval: null,
    date_order: null,
    decimal: null,
    time_zone: null,
    words,
  };
}

const AWIN = draftOf(
  'awin-transactions',
  [
    ['date', 'date'],
    ['commission', 'commission'],
    ['id', 'id'],
    ['sale', 'sale_amount'],
    ['status', 'commission_status'],
    ['program', 'advertiser_name'],
    ['sub_id', 'click_ref'],
  ],
  [
    { field: 'approval', word: '0', meaning: 'pending' },
    { field: 'approval', word: '1', meaning: 'approved' },
    { field: 'approval', word: '2', meaning: 'reversed' },
  ],
);

function document(draft: MappingDraft): string {
  const lines = draft.columns.map(({ field, column }) => `${field} = ${JSON.stringify(column)}`);
  return [`name = ${JSON.stringify(draft.name)}`, '', '[columns]', ...lines, ''].join('\n');
}

const rowOf = (draft: MappingDraft, header: string[], builtin = false): MappingRow => ({
  name: draft.name,
  builtin,
  header,
  draft,
  toml: document(draft),
});

const BUILTIN = [
  rowOf(
    draftOf('amazon-us-fee-earnings', [
      ['date', 'Date Shipped'],
      ['commission', 'Ad Fees($)'],
    ]),
    [],
    true,
  ),
  rowOf(AWIN, [], true),
  rowOf(
    draftOf('impact-action-listing', [
      ['date', 'Action Date'],
      ['commission', 'Payout'],
    ]),
    [],
    true,
  ),
];

interface Report {
  header: string[];
  rows: string[][];
  delimiter: string;
  decimal: string;
}

function reportOf(file: string): Report {
  if (/portal|xlsx/.test(file))
    return {
      header: ['Datum', 'Kunde', 'Produkt', 'Preis', 'Provision', 'Status', 'Sub 1', 'Sub 4'],
      rows: Array.from({ length: 8 }, (_, index) => [
        `0${index + 1}.02.2026`,
        `Kunde ${index + 1}`,
        'Starter',
        '99,00',
        index === 5 ? '39,6O' : '39,60',
        index === 3 ? 'in Prüfung' : 'bestätigt',
        ['blog', 'youtube', 'رسالة'][index % 3] ?? '',
        index % 2 ? 'b7x' : '',
      ]),
      delimiter: ';',
      decimal: ',',
    };
  return {
    header: [
      'id',
      'publisher_id',
      'sale_amount',
      'commission',
      'date',
      'commission_status',
      'advertiser_name',
      'click_ref',
    ],
    rows: Array.from({ length: 8 }, (_, index) => [
      `90${index}11`,
      '4711',
      '99.00',
      '39.60',
      `2026-02-0${index + 1}T10:00:00`,
      index === 6 ? '7' : String(index % 3),
      'Kartra',
      `b${index}x`,
    ]),
    delimiter: ',',
    decimal: '.',
  };
}

const USUAL: Record<string, string> = {
  ...Object.fromEntries(['pending', 'approved', 'reversed'].map((word) => [word, word])),
};

function meaning(draft: MappingDraft, field: string, word: string): string | null {
  const own = draft.words.find((one) => one.field === field && one.word.toLowerCase() === word.toLowerCase());
  return own?.meaning ?? USUAL[word.toLowerCase()] ?? null;
}

function landed(
  report: Report,
  draft: MappingDraft,
  currency: string,
  row: string[],
  line: number,
): PreviewRow {
  const cell = (field: string) => {
    const column = draft.columns.find((one) => one.field === field)?.column;
    return column === undefined ? null : (row[report.header.indexOf(column)] ?? null);
  };
  const amount = (field: string) => {
    const text = cell(field)?.replace(report.decimal, '.') ?? null;
    return text === null ? null : { amount: text, currency };
  };
  const commission = amount('commission');
  const date = cell('date') ?? '';
  const day = /^(\d\d)\.(\d\d)\.(\d{4})/.exec(date);
  const status = cell('status');
  const bad = !commission || micros(commission.amount) === null;
  return {
    line,
    native_id: cell('id'),
    occurred_at: null,
    occurred_on: bad ? null : day ? `${day[3]}-${day[2]}-${day[1]}` : date.slice(0, 10),
    program: cell('program'),
    kind: bad ? null : 'sale',
    approval: bad ? null : status === null ? 'approved' : (meaning(draft, 'approval', status) ?? 'other'),
    payment: null,
    sale: bad ? null : amount('sale'),
    commission: bad ? null : commission,
    sub_ids: draft.columns
      .filter((one) => one.field === 'sub_id')
      .map((one) => row[report.header.indexOf(one.column)] ?? ''),
    refused: bad
      ? {
          line,
          column: draft.columns.find((one) => one.field === 'commission')?.column ?? null,
          reason: `“${commission?.amount ?? ''}” is no amount.`,
          text: row.join(report.delimiter),
        }
      : null,
  };
}

function foundWords(report: Report, draft: MappingDraft): FoundWord[] {
  const column = draft.columns.find((one) => one.field === 'status')?.column;
  const at = column ? report.header.indexOf(column) : -1;
  if (at < 0) return [];
  const counts = new Map<string, number>();
  for (const row of report.rows) counts.set(row[at] ?? '', (counts.get(row[at] ?? '') ?? 0) + 1);
  return [...counts].map(([word, count]) => ({
    field: 'approval',
    word,
    meaning: meaning(draft, 'approval', word),
    count,
  }));
}

function chosen(file: string, options: ImportOptions): { profile: string | null; draft: MappingDraft } {
  if (options.draft) return { profile: null, draft: options.draft };
  const header = reportOf(file).header.join('\n');
  const all = [...mappings.values(), ...BUILTIN];
  const own =
    all.find((row) => row.name === options.profile) ??
    all.find((row) => row.header.join('\n') === header) ??
    (header.startsWith('id') ? BUILTIN[1] : undefined);
  if (own) return { profile: own.name, draft: own.draft };
  const guess = draftOf('', [
    ['date', 'Datum'],
    ['status', 'Status'],
    ['sub_id', 'Sub 1'],
  ]);
  return { profile: null, draft: guess };
}

function preview({ path, options }: ImportPreviewInput): ImportPreview {
  const file = fileOf(path);
  if (file.includes('empty'))
    refuse('import.empty', `${file} is empty.`, 'Export the report again and choose the new file.');
  if (file.includes('picture'))
    refuse('import.not_text', `${file} is no text file.`, 'Export the report as CSV.');
  const workbook = file.endsWith('.xlsx');
  const report = reportOf(file);
  const { profile, draft } = chosen(file, options);
  const delimiter = options.delimiter ?? report.delimiter;
  const wrong = delimiter !== report.delimiter;
  const header_line = options.header_line ?? (file.includes('portal') ? 3 : 1);
  const needs = !options.currency && !draft.currency;
  return {
    file,
    encoding: options.encoding ?? (report.delimiter === ';' ? 'windows-1252' : 'utf-8'),
    delimiter,
    decimal: options.decimal ?? report.decimal,
    header_line,
    header: wrong ? [report.header.join(report.delimiter)] : report.header,
    rows: wrong ? report.rows.map((row) => [row.join(report.delimiter)]) : report.rows,
    profile: wrong ? null : profile,
    profiles: [...mappings.keys(), ...BUILTIN.map((row) => row.name)],
    fields: FIELDS,
    suggested: draft.columns,
    needs_currency: needs,
    format: workbook ? 'workbook' : 'text',
    sheets: workbook ? ['Commissions', 'Payouts', 'Notes'] : [],
    sheet: workbook ? (options.sheet ?? 'Commissions') : null,
    thousands: options.thousands ?? 'none',
    date_order: options.date_order ?? (report.delimiter === ';' ? 'day-first' : 'month-first'),
    date_proven: report.delimiter !== ';',
    time_zone: options.time_zone ?? 'Europe/Berlin',
    draft: wrong ? { ...draft, columns: [] } : draft,
    words: wrong ? [] : foundWords(report, draft),
    sample: wrong
      ? []
      : report.rows.map((row, index) =>
          landed(report, draft, options.currency ?? draft.currency ?? '', row, header_line + index + 1),
        ),
  };
}

async function run(input: ImportInput): Promise<ImportDone> {
  const file = fileOf(input.path);
  const { draft, profile } = chosen(file, input.options);
  const currency = input.options.currency ?? draft.currency;
  if (!currency)
    refuse('import.no_currency', `${file} names no currency.`, 'Choose the currency of its amounts.');
  const big = file.includes('big');
  await work(input.job, big ? 300_000 : file.endsWith('.xlsx') ? 0 : 126, big ? 600 : 4);
  const again = known.has(file);
  const choices = new Map((input.decisions ?? []).map((one) => [one.line, one.take]));
  const duplicates = again
    ? []
    : duplicateRows(currency).map((row) => {
        const take = choices.get(row.line ?? 0) ?? (input.skip_duplicates ? false : undefined);
        return { ...row, decision: take === undefined ? 'open' : take ? 'take' : 'skip' };
      });
  const out = duplicates.filter((row) => row.decision === 'skip').length;
  const rows = again
    ? { read: 124, new: 0, changed: 0, same: 122, refused: 2 }
    : { read: 124, new: 118 - out, changed: 3, same: 1 + out, refused: 2 };
  const words = foundWords(reportOf(file), draft).filter((word) => word.meaning === null);
  const far = meaning(draft, 'approval', '9') === null && !again;
  const done: ImportDone = {
    batch: input.dry_run ? null : `b-${Math.random().toString(36).slice(2)}`,
    file,
    profile: draft.name || profile || 'this file only',
    dry_run: input.dry_run,
    rows,
    refused: [
      {
        line: 17,
        column: 'commission',
        reason: '“39.6O” is no amount.',
        text: '90017,4711,99.00,39.6O,2026-02-09T10:00:00,1,Kartra,b7x',
      },
      {
        line: 58,
        column: 'date',
        reason: '“2026-02-31” is no day of the calendar.',
        text: '90058,4711,99.00,39.60,2026-02-31,1,Kartra,b58',
      },
    ],
    skipped: [
      { line: 1, kind: 'header', text: 'id,publisher_id,sale_amount,commission,date,commission_status' },
      { line: 127, kind: 'totals', text: 'Total,,12276.00,4910.40,,' },
    ],
    vanished: again ? [] : [{ native_id: '90003', commission: { amount: '39.60', currency } }],
    unknown: [
      ...words.map(({ field, word, count }) => ({ field, word, count })),
      ...(far ? [{ field: 'approval', word: '9', count: 4 }] : []),
    ],
    totals: again ? [] : [{ amount: out ? '4593.60' : '4672.80', currency }],
    vanished_totals: again ? [] : [{ amount: '39.60', currency }],
    changes: again ? [] : changedRows(currency),
    reversed: again ? 0 : 1,
    duplicates,
    refused_file: input.refused_file ?? null,
  };
  if (done.batch) {
    known.add(file);
    if (input.options.draft) mappings.set(draft.name, rowOf(draft, reportOf(file).header));
    const book = open();
    const row: BatchRow = {
      batch: done.batch,
      kind: 'import',
      connection: 'files',
      file,
      profile: done.profile,
      at: '2026-03-10T09:12:00Z',
      rows,
      vanished: done.vanished.length,
      totals: done.totals,
      undone_at: null,
    };
    made.set(book.ledger, [row, ...batches(book)]);
  }
  return done;
}

export function batches(book: Book): BatchRow[] {
  const own = made.get(book.ledger);
  if (own) return own;
  if (!book.ledger.length) return [];
  return [
    ['b-1', 'sync', null, '2026-03-10T06:12:00Z', 12, 3, 625, 0, '512.40', null],
    [
      'b-2',
      'import',
      'awin-transactions-february.csv',
      '2026-03-02T17:40:00Z',
      118,
      3,
      1,
      2,
      '4672.80',
      null,
    ],
    [
      'b-3',
      'import',
      'Kartra earnings, everything since the beginning (export of my old portal).csv',
      '2026-02-11T08:01:00Z',
      507,
      0,
      0,
      0,
      '40110.20',
      '2026-02-11T08:03:00Z',
    ],
  ].map(([batch, kind, file, at, fresh, changed, same, refused, total, undone]) => ({
    batch,
    kind,
    connection: kind === 'sync' ? 'kartra' : 'files',
    file,
    profile: kind === 'sync' ? null : 'awin-transactions',
    at,
    rows: {
      read: Number(fresh) + Number(changed) + Number(same) + Number(refused),
      new: fresh,
      changed,
      same,
      refused,
    },
    vanished: kind === 'sync' ? 2 : 0,
    totals: [{ amount: total, currency: 'USD' }],
    undone_at: undone,
  })) as BatchRow[];
}

const missing = (name: string) => refuse('mapping.unknown', `There is no mapping “${name}”.`);

export const imports: Handlers = {
  import_preview: preview,
  import_run: run,
  mapping_list: () => page([...mappings.values(), ...BUILTIN], {}),
  mapping_save: ({ name, draft, header }) => {
    const row = rowOf({ ...(draft ?? draftOf(name, [])), name }, header);
    mappings.set(name, row);
    return row;
  },
  mapping_remove: ({ id }) => {
    if (!mappings.delete(id)) missing(id);
    return {};
  },
  mapping_import: ({ path }) => {
    const row = rowOf(
      draftOf(fileOf(path).replace(/\.toml$/, ''), [
        ['date', 'Date'],
        ['commission', 'Amount'],
      ]),
      [],
    );
    mappings.set(row.name, row);
    return row;
  },
  mapping_export: ({ path }) => ({ files: [path] }),
  batch_list: (input) =>
    page(
      batches(open()).filter((row) => has(input.search, row.file, row.connection)),
      input,
    ),
  batch_undo: ({ id }) => {
    const book = open();
    const row =
      batches(book).find((batch) => batch.batch === id) ??
      refuse('batch.unknown', 'There is no such import.');
    if (row.batch === 'b-2')
      refuse(
        'batch.built_on',
        'Later changes build on this import.',
        'Undo these first, newest first: the sync of kartra, 10 March 2026.',
        'They changed rwd_lfls and rwd_lflt.',
      );
    made.set(
      book.ledger,
      batches(book).map((batch) =>
        batch.batch === id ? { ...batch, undone_at: '2026-03-10T09:20:00Z' } : batch,
      ),
    );
    known.delete(row.file ?? '');
    return { batch: id, removed: row.rows.new, restored: row.rows.changed };
  },
};
