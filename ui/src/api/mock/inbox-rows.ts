/** Made-up rows of what changed. */
import type { ChangedRow, DuplicateRow, InboxRow } from '../bindings';

export function inboxRow(
  id: string,
  on: string,
  amount: string,
  currency: string,
  more: Partial<InboxRow> = {},
): InboxRow {
  return {
    id: `row-${id}`,
    native_id: `rwd_${id}`,
    program: 'kartra',
    occurred_on: on,
    kind: 'sale',
    approval: 'pending',
    commission: { amount, currency },
    ...more,
  };
}

export function changedRows(currency: string): ChangedRow[] {
  return [
    {
      row: inboxRow('41', '2026-01-20', '39.60', currency, { approval: 'approved' }),
      fields: [{ field: 'approval', before: 'pending', after: 'approved' }],
    },
    {
      row: inboxRow('44', '2026-01-22', '75.60', currency),
      fields: [
        { field: 'commission', before: `79.60 ${currency}`, after: `75.60 ${currency}` },
        { field: 'payment', before: 'unpaid', after: 'scheduled' },
      ],
    },
    {
      row: inboxRow('47', '2026-01-28', '119.60', currency, { approval: 'reversed' }),
      fields: [{ field: 'approval', before: 'approved', after: 'reversed' }],
    },
  ];
}

export function duplicateRows(currency: string): DuplicateRow[] {
  const pair = (line: number, id: string, on: string, amount: string, reason: string): DuplicateRow => ({
    id: `row-dup-${id}`,
    line,
    row: inboxRow(`90${id}`, on, amount, currency, { native_id: `90${id}11`, approval: 'approved' }),
    other: inboxRow(`lfl${id}`, on, amount, currency),
    other_connection: 'kartra',
    reason,
    decision: 'open',
  });
  return [
    pair(12, '3', '2026-02-04', '39.60', 'order'),
    pair(31, '5', '2026-02-11', '79.60', 'customer'),
    pair(40, '8', '2026-02-19', '39.60', 'day'),
  ];
}
