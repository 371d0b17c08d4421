/** The stand-in's book: made up, but of the shape and size of a real one. Only for development and screen tests. */
import type {
  BookInfo,
  CampaignRow,
  Change,
  ChannelDto,
  ConnectionDto,
  LedgerItem,
  LinkDto,
  LogEntryDto,
  ProgramDetail,
  Settings,
} from '../bindings';
import { makeCampaigns, makeChannels, makeLinks } from './made';
import { makeConnections } from './made-connections';
import { makeLedger } from './made-ledger';
import { makePrograms } from './made-programs';

export const TODAY = '2026-03-10';

export interface Book {
  info: BookInfo;
  settings: Settings;
  programs: ProgramDetail[];
  channels: ChannelDto[];
  links: LinkDto[];
  campaigns: CampaignRow[];
  logs: Map<string, LogEntryDto[]>;
  ledger: LedgerItem[];
  connections: ConnectionDto[];
  changes: Change[];
  /** What an area keeps beside the rest. */
  kept?: Record<string, unknown>;
}

/** What the address asks for: `?book=none`, `empty`, `sample` (the default) or `large`. */
export type Kind = 'none' | 'empty' | 'sample' | 'large';

export function wanted(): Kind {
  const kind = new URLSearchParams(location.search).get('book');
  return kind === 'none' || kind === 'empty' || kind === 'large' ? kind : 'sample';
}

export function makeBook(kind: Kind, path = '/home/ana/Documents/Perennial/Ana’s book.perennial'): Book {
  const full = kind !== 'empty';
  const channels = full ? makeChannels() : makeChannels().slice(0, 2);
  const campaigns = full ? makeCampaigns() : { rows: [], logs: new Map() };
  const links = full ? makeLinks(kind === 'large' ? 100_000 : 46) : [];
  const ledger = full ? makeLedger(kind === 'large' ? 100_000 : 640) : [];
  const programs = makePrograms(full);
  const book: Book = {
    info: {
      path,
      name:
        path
          .split('/')
          .pop()
          ?.replace(/\.perennial$/, '') ?? '',
      schema: 1,
      bytes: 1_843_200,
      set_up: true,
      sample: full,
      counts: {
        programs: programs.length,
        links: links.length,
        campaigns: campaigns.rows.length,
        conversions: ledger.length,
      },
      time_zone: 'Europe/Berlin',
      today: TODAY,
      undo: full ? 'Campaign “Spring launch” logged' : null,
      redo: null,
    },
    settings: {
      time_zone: 'Europe/Berlin',
      appearance: 'system',
      markets: ['us'],
      currency: 'USD',
      customers: 'alias',
      late_after: 10,
    },
    programs,
    channels,
    links,
    campaigns: campaigns.rows,
    logs: campaigns.logs,
    ledger,
    connections: full ? makeConnections() : [],
    changes: full
      ? [
          { id: 'h-3', at: '2026-03-10T08:40:00Z', label: 'Campaign “Spring launch” logged', undone: false },
          { id: 'h-2', at: '2026-03-09T16:05:00Z', label: '5 links made for Kartra', undone: false },
          {
            id: 'h-1',
            at: '2026-03-09T15:58:00Z',
            label: 'Kartra: hold set to 45 days from 1 January 2026',
            undone: false,
          },
        ]
      : [],
  };
  return book;
}

interface Mock {
  book: Book | null;
  /** Snapshots for undo and redo. */
  past: { label: string; book: Book }[];
  future: { label: string; book: Book }[];
}

export const mock: Mock = { book: null, past: [], future: [] };

/** The open book, or the failure the application would answer. */
export function open(): Book {
  if (!mock.book)
    throw { code: 'book.none', message: 'No book is open.', hints: ['Open one or make a new one.'] };
  return mock.book;
}

/** Changes the book as one step that can be undone. */
export function edit<T>(label: string, change: (book: Book) => T): T {
  const before = open();
  const next: Book = { ...before, info: { ...before.info } };
  const answer = change(next);
  mock.past.push({ label, book: before });
  mock.future = [];
  next.changes = [
    { id: `h-${Math.random()}`, at: new Date().toISOString(), label, undone: false },
    ...before.changes,
  ];
  next.info = {
    ...next.info,
    undo: label,
    redo: null,
    counts: {
      ...next.info.counts,
      links: next.links.length,
      campaigns: next.campaigns.length,
      programs: next.programs.length,
    },
  };
  mock.book = next;
  return answer;
}

export function refuse(code: string, message: string, ...hints: string[]): never {
  throw { code, message, hints };
}

/** One page of a list, by position. */
export function page<T>(rows: T[], input: { limit?: number | null; after?: string | null }) {
  const from = Number(input.after ?? 0);
  const to = from + (input.limit ?? 100);
  return { items: rows.slice(from, to), next: to < rows.length ? String(to) : null, total: rows.length };
}

export function has(search: string, ...fields: (string | null | undefined)[]): boolean {
  if (!search) return true;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = fields.filter(Boolean).join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
