/** Answers about the ledger, payouts and reports. */
import { fromMicros, micros } from '$/lib/decimal';
import type { EarningsRow, LedgerItem, PayoutDto } from '../bindings';
import type { Handlers } from '.';
import { owed } from './frame';
import { stated } from './reconcile';
import { type Book, edit, has, open, page, refuse, TODAY } from './state';

const recorded = new WeakMap<Book, PayoutDto[]>();

export function payouts(book: Book): PayoutDto[] {
  const own = recorded.get(book) ?? [];
  if (!book.ledger.length) return own;
  const sent = ['2026-02-15', '2026-01-15', '2025-12-15'].map(
    (on, index): PayoutDto => ({
      id: `po-${index}`,
      native_id: `payout_${70 - index}`,
      connection: 'kartra',
      program: 'kartra',
      amount: { amount: ['3184.80', '2706.40', '2945.60'][index] ?? '0', currency: 'USD' },
      status: 'completed',
      period: on.slice(0, 7),
      sent_on: on,
      note: '',
      allocated: { amount: ['0', '2706.40', '2900.00'][index] ?? '0', currency: 'USD' },
      left: null,
      state: 'open',
      arrived_on: null,
    }),
  );
  return [...own, ...sent];
}

const STANDINGS: Record<string, string> = {
  reserve: 'It is on hold for 45 days, until',
  due: 'The hold of 45 days ended on',
  paid: 'The hold ended on',
};

function story(row: LedgerItem): string[] {
  const amount = `${row.commission?.amount ?? '0'} ${row.commission?.currency ?? ''}`;
  if (row.standing === 'unknown')
    return [
      `The source says “${row.approval_text}”, which is not known here. So the ${amount} are counted nowhere.`,
    ];
  if (row.standing === 'reversed')
    return [`The customer got the money back, so the program takes ${amount} back.`];
  return [
    `You earn 40% of 99.00 USD: ${amount}.`,
    `${STANDINGS[row.standing] ?? ''} ${row.matures_on}.`,
    row.standing === 'paid'
      ? 'It was paid with the payout of 15 February 2026.'
      : 'The next payout run is on 15 March 2026.',
  ];
}

function keyOf(row: LedgerItem, by: string): string | null {
  if (by === 'month') return row.occurred_on.slice(0, 7);
  return (row[by as keyof LedgerItem] as string | null) ?? null;
}

function report(rows: LedgerItem[], by: string): EarningsRow[] {
  const sums = new Map<string, { key: string | null; currency: string; micros: Record<string, bigint> }>();
  for (const row of rows) {
    if (!row.commission || row.standing === 'unknown' || row.standing === 'reversed') continue;
    const key = keyOf(row, by);
    const id = `${key} ${row.commission.currency}`;
    const entry = sums.get(id) ?? { key, currency: row.commission.currency, micros: {} };
    const value = micros(row.commission.amount) ?? 0n;
    for (const figure of ['earned', row.standing])
      entry.micros[figure] = (entry.micros[figure] ?? 0n) + value;
    sums.set(id, entry);
  }
  return [...sums.values()].map(({ key, currency, micros: parts }) => {
    const amount = (figure: string) => ({ amount: fromMicros(parts[figure] ?? 0n), currency });
    return {
      [by]: key,
      earned: amount('earned'),
      reserve: amount('reserve'),
      due: amount('due'),
      paid: amount('paid'),
    } as unknown as EarningsRow;
  });
}

export const earnings: Handlers = {
  ledger_list: (input) =>
    page(
      open().ledger.filter(
        (row) =>
          (!input.program || row.program === input.program) &&
          (!input.standing || row.standing === input.standing) &&
          (!input.channel || row.channel === input.channel) &&
          (!input.campaign || row.campaign === input.campaign) &&
          (!input.batch || row.batch === input.batch) &&
          (!input.from || row.occurred_on >= input.from) &&
          (!input.to || row.occurred_on <= input.to) &&
          has(input.search, row.native_id, row.plan, row.link, ...row.sub_ids),
      ),
      input,
    ),
  ledger_show: ({ id }) => {
    const item =
      open().ledger.find((row) => row.id === id) ??
      refuse('commission.unknown', 'There is no such row in the ledger.', 'Go back to the list.');
    return {
      item,
      story: story(item),
      events:
        item.standing === 'reserve'
          ? []
          : [
              {
                at: `${item.matures_on}T04:10:00Z`,
                field: 'approval',
                before: 'pending',
                after: item.approval_text ?? 'approved',
              },
            ],
      related:
        item.kind === 'refund'
          ? open()
              .ledger.filter((row) => row.kind === 'sale')
              .slice(0, 1)
          : [],
      raw: JSON.stringify({
        key: item.native_id,
        amount: 3960,
        currency: 'USD',
        reward_status: item.approval_text,
        customer: { sub_ids: item.sub_ids },
      }),
    };
  },
  ledger_owed: ({ on, program }) => ({
    on: on ?? TODAY,
    items: open().ledger.length ? owed().filter((row) => !program || row.program === program) : [],
  }),
  payout_list: (input) => page(payouts(open()).map(stated), input),
  payout_record: (input) =>
    edit(`Payment of ${input.amount.amount} ${input.amount.currency} recorded`, (book) => {
      if (input.on > TODAY)
        refuse('payout.in_future', 'This day is still to come.', 'Choose the day the payment arrived.');
      const row: PayoutDto = {
        id: `po-${Math.random()}`,
        native_id: null,
        connection: null,
        program: input.program,
        amount: input.amount,
        status: 'recorded',
        period: null,
        sent_on: input.on,
        note: input.note,
        allocated: input.amount,
        left: null,
        state: 'open',
        arrived_on: null,
      };
      recorded.set(book, [row, ...(recorded.get(open()) ?? [])]);
      return row;
    }),
  report_earnings: ({ by, from, to, program }) => ({ rows: rowsOf(program, from, to, by) }),
};

/** Sums of the rows of a program and of months. */
export function rowsOf(
  program: string | null,
  from: string | null,
  to: string | null,
  by: string,
): EarningsRow[] {
  return report(
    open().ledger.filter(
      (row) =>
        (!program || row.program === program) &&
        (!from || row.occurred_on.slice(0, 7) >= from) &&
        (!to || row.occurred_on.slice(0, 7) <= to),
    ),
    by,
  );
}
