/** Answers about connections, imports and syncs. */
import type {
  BatchRow,
  ConnectionDto,
  ImportDone,
  ImportInput,
  ImportPreview,
  ImportPreviewInput,
  MappedColumn,
  MappingDraft,
  SyncDone,
} from '../bindings';
import type { Handlers } from '.';
import { type Book, has, open, page, refuse } from './state';

const jobs = new Map<string, { done: number; total: number; cancelled: boolean }>();
const made = new WeakMap<Book['ledger'], BatchRow[]>();
const saved = new Set<string>();
const known = new Set<string>();

const FIELDS = [
  { name: 'date', label: 'Date', required: true },
  { name: 'commission', label: 'Commission', required: true },
  { name: 'id', label: 'Id', required: false },
  { name: 'sale', label: 'Customer paid', required: false },
  { name: 'currency', label: 'Currency', required: false },
  { name: 'status', label: 'Status', required: false },
  { name: 'sub_id', label: 'Sub-ID', required: false },
  { name: 'plan', label: 'Plan', required: false },
  { name: 'customer', label: 'The customer’s number', required: false },
  { name: 'order', label: 'The order’s number', required: false },
];

const fileOf = (path: string) => path.replace(/^.*[\\/]/, '');

function drafted(name: string, columns: MappedColumn[]): MappingDraft {
  return {
    name,
    columns,
    program: null,
    currency: null,
    kind: null,
    tier: null,
    approval: null,
    date_order: null,
    decimal: null,
    time_zone: null,
    words: [],
  };
}

function preview({ path, options }: ImportPreviewInput): ImportPreview {
  const file = fileOf(path);
  if (file.includes('empty'))
    refuse('import.empty', `${file} is empty.`, 'Export the report again and choose the new file.');
  if (file.includes('picture'))
    refuse('import.not_text', `${file} is no text file.`, 'Export the report as CSV.');
  const own = file.includes('portal');
  const delimiter = options.delimiter ?? (own ? ';' : ',');
  const wrong = own ? delimiter !== ';' : delimiter !== ',';
  const header = own
    ? ['Datum', 'Kunde', 'Produkt', 'Preis', 'Provision', 'Status']
    : [
        'id',
        'publisher_id',
        'sale_amount',
        'commission',
        'date',
        'commission_status',
        'advertiser_name',
        'click_ref',
      ];
  const rows = Array.from({ length: 8 }, (_, index) =>
    own
      ? [
          `0${index + 1}.02.2026`,
          `Kunde ${index + 1}`,
          'Starter',
          '99,00',
          '39,60',
          index === 3 ? 'in Prüfung' : 'bestätigt',
        ]
      : [
          `90${index}11`,
          '4711',
          '99.00',
          '39.60',
          `2026-02-0${index + 1}T10:00:00`,
          String(index % 3),
          'Kartra',
          `b${index}x`,
        ],
  );
  const mapped = [...saved].find((name) => own && name);
  return {
    file,
    encoding: options.encoding ?? (own ? 'windows-1252' : 'utf-8'),
    delimiter,
    decimal: options.decimal ?? (own ? ',' : '.'),
    header_line: own ? 3 : 1,
    header: wrong ? [header.join(own ? ';' : ',')] : header,
    rows: wrong ? rows.map((row) => [row.join(own ? ';' : ',')]) : rows,
    profile: options.profile ?? (wrong ? null : own ? (mapped ?? null) : 'awin-transactions'),
    profiles: ['amazon-us-fee-earnings', 'awin-transactions', 'impact-action-listing', ...saved],
    fields: FIELDS,
    suggested: own
      ? [
          { field: 'date', column: 'Datum' },
          { field: 'status', column: 'Status' },
        ]
      : [{ field: 'commission', column: 'commission' }],
    needs_currency: true,
    format: 'text',
    sheets: [],
    sheet: null,
    thousands: options.thousands ?? 'none',
    date_order: options.date_order ?? (own ? 'day-first' : 'month-first'),
    date_proven: true,
    time_zone: options.time_zone ?? 'UTC',
    draft: drafted(
      own ? '' : 'awin-transactions',
      own
        ? [
            { field: 'date', column: 'Datum' },
            { field: 'status', column: 'Status' },
          ]
        : [{ field: 'commission', column: 'commission' }],
    ),
    words: own
      ? [
          { field: 'approval', word: 'bestätigt', meaning: null, count: 7 },
          { field: 'approval', word: 'in Prüfung', meaning: null, count: 1 },
        ]
      : [],
    sample: [],
  };
}

async function work(name: string | null, total: number, steps: number): Promise<void> {
  const job = { done: 0, total, cancelled: false };
  if (name) jobs.set(name, job);
  for (let step = 1; step <= steps; step++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    job.done = Math.round((total * step) / steps);
    if (job.cancelled) refuse('job.cancelled', 'It was cancelled.', 'Nothing was changed.');
  }
  if (name) jobs.delete(name);
}

async function run(input: ImportInput): Promise<ImportDone> {
  const file = fileOf(input.path);
  if (!input.options.currency)
    refuse('import.no_currency', `${file} names no currency.`, 'Choose the currency of its amounts.');
  const big = file.includes('big');
  await work(input.job, big ? 300_000 : 126, big ? 60 : 4);
  const again = known.has(file);
  const rows = again
    ? { read: 124, new: 0, changed: 0, same: 122, refused: 2 }
    : { read: 124, new: 118, changed: 3, same: 1, refused: 2 };
  const currency = input.options.currency ?? 'USD';
  const done: ImportDone = {
    batch: input.dry_run ? null : `b-${Math.random().toString(36).slice(2)}`,
    file,
    profile:
      input.options.profile ?? /^name = "(.*)"$/m.exec(input.options.map ?? '')?.[1] ?? 'this file only',
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
    vanished: [],
    unknown: again ? [] : [{ field: 'approval', word: '7', count: 4 }],
    totals: again ? [] : [{ amount: '4672.80', currency }],
    vanished_totals: [],
    changes: [],
    reversed: 0,
    duplicates: [],
    refused_file: null,
  };
  if (done.batch) {
    known.add(file);
    const book = open();
    const row: BatchRow = {
      batch: done.batch,
      kind: 'import',
      connection: 'files',
      file,
      profile: done.profile,
      at: '2026-03-10T09:12:00Z',
      rows,
      vanished: 0,
      totals: done.totals,
      undone_at: null,
    };
    made.set(book.ledger, [row, ...batches(book)]);
  }
  return done;
}

function batches(book: Book): BatchRow[] {
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
    vanished: 0,
    totals: [{ amount: total, currency: 'USD' }],
    undone_at: undone,
  })) as BatchRow[];
}

function change(book: Book, name: string, next: (row: ConnectionDto) => ConnectionDto): ConnectionDto {
  const before =
    book.connections.find((row) => row.name === name || row.id === name) ??
    refuse('connection.unknown', `There is no connection “${name}”.`);
  const after = next(before);
  book.connections = book.connections.map((row) => (row.id === after.id ? after : row));
  return after;
}

export const connections: Handlers = {
  job_status: ({ job }) => {
    const found = jobs.get(job);
    return { running: Boolean(found), done: found?.done ?? 0, total: found?.total ?? 0 };
  },
  job_cancel: ({ job }) => {
    const found = jobs.get(job);
    if (found) found.cancelled = true;
    return { running: Boolean(found), done: found?.done ?? 0, total: found?.total ?? 0 };
  },
  import_preview: preview,
  import_run: run,
  mapping_save: ({ name }) => {
    saved.add(name);
    return { name, builtin: false, header: [], draft: drafted(name, []), toml: '' };
  },
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
    if (row.batch === 'b-1')
      refuse(
        'batch.built_on',
        'Later changes build on this sync.',
        'Undo these first, newest first: awin-transactions-february.csv.',
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
  connection_list: (input) =>
    page(
      open().connections.filter((row) => has(input.search, row.name)),
      input,
    ),
  connection_add: (input) => {
    const book = open();
    if (book.connections.some((row) => row.name === input.name))
      refuse('connection.taken', `There already is a connection “${input.name}”.`, 'Choose another name.');
    const row: ConnectionDto = {
      id: `c-${Math.random()}`,
      name: input.name,
      network: input.network,
      account: input.account,
      program: input.program,
      currency: input.currency,
      base_url: input.base_url,
      secret: input.secret ? 'yes' : 'no',
      last_run_at: null,
      last_outcome: null,
    };
    book.connections = [...book.connections, row];
    return row;
  },
  connection_remove: ({ id }) => {
    const book = open();
    book.connections = book.connections.filter((row) => row.id !== id);
    return {};
  },
  connection_test: ({ names }) =>
    names[0]?.includes('bad')
      ? { ok: false, message: 'PartnerStack refused the key.' }
      : { ok: true, message: 'PartnerStack answered, and the key works.' },
  secret_set: ({ name, secret }) =>
    change(open(), name, (row) => ({ ...row, secret: secret ? 'yes' : 'no' })),
  sync: async ({ names, job }): Promise<SyncDone> => {
    await work(job, 640, 12);
    const [name = ''] = names;
    change(open(), name, (row) => ({
      ...row,
      last_run_at: '2026-03-10T09:15:00Z',
      last_outcome: '4 new, 1 changed',
    }));
    return {
      connections: [
        {
          name,
          batch: 'b-1',
          rows: { read: 640, new: 4, changed: 1, same: 635, refused: 0 },
          refused: [],
          vanished: [],
          unknown: [{ field: 'payment', word: 'under_review', count: 4 }],
          requests: 4,
          retries: 1,
          complete: !name.includes('bad'),
          error: name.includes('bad')
            ? {
                code: 'network.timeout',
                message: 'PartnerStack did not answer within 30 seconds.',
                hints: ['Try again in a few minutes.'],
              }
            : null,
        },
      ],
    };
  },
};
