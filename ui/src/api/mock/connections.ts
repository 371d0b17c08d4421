/** Answers about connections and syncs. */
import type { ConnectionDto, SyncDone, SyncedConnection } from '../bindings';
import type { Handlers } from '.';
import { work } from './jobs';
import { connectionOf, NETWORKS, runsOf } from './made-connections';
import { type Book, has, open, page, refuse } from './state';

function change(book: Book, name: string, next: (row: ConnectionDto) => ConnectionDto): ConnectionDto {
  const before =
    book.connections.find((row) => row.name === name || row.id === name) ??
    refuse('connection.unknown', `There is no connection “${name}”.`);
  const after = next(before);
  book.connections = book.connections.map((row) => (row.id === after.id ? after : row));
  return after;
}

function synced(name: string): SyncedConnection {
  const bad = name.includes('bad');
  return {
    name,
    batch: 'b-1',
    rows: { read: 640, new: 4, changed: 1, same: 635, refused: 0 },
    refused: [],
    vanished: [],
    unknown: [{ field: 'payment', word: 'under_review', count: 4 }],
    requests: 4,
    retries: 1,
    complete: !bad,
    error: bad
      ? {
          code: 'network.timeout',
          message: 'PartnerStack did not answer within 30 seconds.',
          hints: ['Try again in a few minutes.'],
        }
      : null,
  };
}

async function sync(names: string[], job: string | null): Promise<SyncDone> {
  await work(job, 640, 12);
  return {
    connections: names.map((name) => {
      const one = synced(name);
      change(open(), name, (row) => ({
        ...row,
        last_run_at: '2026-03-10T09:15:00Z',
        last_outcome: one.error ? 'Broke off: 4 new, 1 changed' : '4 new, 1 changed',
        health: one.error ? 'partial' : 'good',
        error: one.error,
        rows: row.rows + 4,
      }));
      return one;
    }),
  };
}

export const connections: Handlers = {
  network_list: () => page(NETWORKS, {}),
  connection_list: (input) =>
    page(
      open().connections.filter((row) => has(input.search, row.name)),
      input,
    ),
  connection_add: (input) => {
    const book = open();
    if (book.connections.some((row) => row.name === input.name))
      refuse('connection.taken', `There already is a connection “${input.name}”.`, 'Choose another name.');
    const row = connectionOf({
      name: input.name,
      network: input.network,
      title: NETWORKS.find((network) => network.name === input.network)?.title ?? input.network,
      account: input.account,
      program: input.program,
      currency: input.currency,
      base_url: input.base_url,
      secret: input.secret ? 'yes' : 'no',
      leads: input.leads,
    });
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
  connection_schedule: ({ name, every_hours }) =>
    change(open(), name, (row) => ({
      ...row,
      every_hours,
      next_run_at: every_hours === null ? null : '2026-03-10T10:00:00Z',
    })),
  connection_leads: ({ name, leads }) => change(open(), name, (row) => ({ ...row, leads })),
  connection_log: (input) =>
    page(
      open()
        .connections.filter((row) => row.name === input.search)
        .flatMap(runsOf),
      input,
    ),
  secret_set: ({ name, secret }) =>
    change(open(), name, (row) => ({ ...row, secret: secret ? 'yes' : 'no' })),
  sync: ({ names, job }) => sync(names, job),
  sync_due: () => ({ connections: [] }),
};
