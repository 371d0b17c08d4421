/** Answers about what changed since last time. */
import type { InboxDetail, InboxEntry } from '../bindings';
import type { Handlers } from '.';
import { batches } from './imports';
import { changedRows, duplicateRows, inboxRow } from './inbox-rows';
import { open, page, refuse } from './state';

const accepted = new Map<string, string>();
const decided = new Map<string, boolean>();

function detail(id: string): InboxDetail {
  const batch =
    batches(open()).find((row) => row.batch === id) ?? refuse('batch.unknown', 'There is no such import.');
  const currency = batch.totals[0]?.currency ?? 'USD';
  const sync = batch.kind === 'sync';
  const all = changedRows(currency);
  const duplicates = duplicateRows(currency).map((row) => {
    const take = decided.get(`${id} ${row.id}`);
    return {
      ...row,
      line: sync ? null : row.line,
      decision: take === undefined ? 'open' : take ? 'take' : 'skip',
    };
  });
  const vanished = sync
    ? [inboxRow('39', '2026-02-02', '39.60', currency), inboxRow('40', '2026-02-03', '79.60', currency)]
    : [];
  const lists = {
    new: Array.from({ length: Math.min(batch.rows.new, 1000) }, (_, index) =>
      inboxRow(
        `n${index}`,
        `2026-03-0${(index % 9) + 1}`,
        ['39.60', '79.60', '119.60'][index % 3] ?? '',
        currency,
        {
          kind: index % 4 ? 'rebill' : 'sale',
          approval: index === 5 ? 'other' : 'pending',
        },
      ),
    ),
    changed: all.slice(0, 2),
    reversed: all.slice(2),
    vanished,
    unknown: sync ? [{ field: 'payment', word: 'under_review', count: 4 }] : [],
    duplicates: batch.rows.new ? duplicates : [],
    after_lock: sync
      ? [
          {
            row: inboxRow('41', '2026-01-12', '79.60', currency),
            noun: 'row',
            native_id: 'rwd_41',
            on: '2026-01-12',
            amount: { amount: '39.60', currency },
            approval: 'approved',
          },
        ]
      : [],
    refused: sync
      ? []
      : [
          {
            line: 17,
            column: 'commission',
            reason: '“39.6O” is no amount.',
            text: '90017,4711,99.00,39.6O,2026-02-09',
          },
        ],
  };
  const entry: InboxEntry = {
    batch: id,
    kind: batch.kind,
    connection: batch.connection,
    file: batch.file,
    at: batch.at,
    rows: batch.rows,
    reversed: lists.reversed.length,
    vanished: vanished.length,
    unknown: lists.unknown.length,
    open_duplicates: lists.duplicates.filter((row) => row.decision === 'open').length,
    totals: batch.totals,
    vanished_totals: vanished.length ? [{ amount: '119.20', currency }] : [],
    accepted_at: accepted.get(id) ?? null,
    after_lock: lists.after_lock.length,
  };
  return { entry, ...lists };
}

export const inbox: Handlers = {
  inbox_list: (input) => {
    const all = batches(open())
      .filter((row) => !row.undone_at)
      .map((row) => detail(row.batch).entry)
      .filter((entry) => entry.rows.new + entry.rows.changed + entry.vanished > 0);
    const waiting = all.filter((entry) => entry.accepted_at === null);
    return { ...page(input.all ? all : waiting, input), total: waiting.length };
  },
  inbox_show: ({ id }) => detail(id),
  inbox_decide: ({ batch, rows, all }) => {
    for (const { id, take } of rows) decided.set(`${batch} ${id}`, take);
    if (all)
      for (const row of detail(batch).duplicates)
        if (row.decision === 'open') decided.set(`${batch} ${row.id}`, all === 'take');
    return detail(batch);
  },
  inbox_accept: ({ id }) => {
    accepted.set(id, '2026-03-10T09:30:00Z');
    return detail(id).entry;
  },
};
