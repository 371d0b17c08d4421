/** Answers about payouts, deposits, locked periods, reports and saved views. */
import { fromMicros, micros, sum } from '$/lib/decimal';
import type {
  DepositDto,
  ExplanationDto,
  PayoutDto,
  PayoutLineDto,
  PeriodDto,
  Reconciliation,
  ReportInput,
  ReportRow,
  SavedView,
} from '../bindings';
import type { Handlers } from '.';
import { payouts, rowsOf } from './earnings';
import { type Book, edit, open, page, refuse } from './state';

interface Kept {
  deposits: DepositDto[];
  explanations: Map<string, ExplanationDto[]>;
  lines: Map<string, PayoutLineDto[]>;
  locks: PeriodDto[];
  views: SavedView[];
}

function kept(book: Book): Kept {
  const known = book.kept?.reconcile as Kept | undefined;
  if (known) return known;
  const deposit = (id: string, on: string, amount: string, who: string, reference: string): DepositDto => ({
    id,
    on,
    amount: { amount, currency: 'USD' },
    fee: { amount: '0.00', currency: 'USD' },
    who,
    reference,
    account: 'paypal',
    statement: 'st-1',
    payout: null,
    aside: false,
    rate: null,
  });
  const full = book.ledger.length > 0;
  const made: Kept = {
    deposits: full
      ? [
          {
            ...deposit('dep-0', '2026-02-16', '3181.90', 'PartnerStack Inc', 'payout_70'),
            fee: { amount: '2.90', currency: 'USD' },
          },
          deposit('dep-1', '2026-02-18', '3100.00', 'A Friend', 'Dinner'),
          { ...deposit('dep-2', '2026-01-16', '2706.40', 'PartnerStack Inc', 'payout_69'), payout: 'po-1' },
        ]
      : [],
    explanations: new Map(),
    lines: new Map(),
    locks: [],
    views: full
      ? [{ place: 'ledger', name: 'Due from the blog', query: 'standing=due&channel=Blog&period=all' }]
      : [],
  };
  book.kept = { ...book.kept, reconcile: made };
  return made;
}

/** The same of a book that is being edited: what it was before stays for undo. */
function own(book: Book): Kept {
  const made = structuredClone(kept(book));
  book.kept = { ...book.kept, reconcile: made };
  return made;
}

function lines(book: Book, payout: PayoutDto): PayoutLineDto[] {
  return kept(book).lines.get(payout.id) ?? (payout.id === 'po-0' ? [] : made(book, payout.allocated.amount));
}

/** Commissions that add up to an amount. */
function made(book: Book, total: string): PayoutLineDto[] {
  const found: PayoutLineDto[] = [];
  let left = micros(total) ?? 0n;
  for (const row of book.ledger) {
    if (left <= 0n) break;
    if (row.standing !== 'paid' || row.commission?.currency !== 'USD') continue;
    const whole = micros(row.commission.amount) ?? 0n;
    const part = whole < left ? whole : left;
    left -= part;
    found.push({
      id: row.id,
      native_id: row.native_id,
      program: row.program,
      kind: row.kind,
      occurred_on: row.occurred_on,
      amount: { amount: fromMicros(part), currency: 'USD' },
      commission: row.commission,
    });
  }
  return found;
}

const locked = (book: Book, payout: PayoutDto) =>
  kept(book).locks.some((lock) => lock.program === payout.program && (payout.sent_on ?? '9') <= lock.through);

function find(id: string): PayoutDto {
  return (
    payouts(open()).find((row) => row.id === id || row.native_id === id) ??
    refuse('payout.unknown', `There is no payout “${id}”.`)
  );
}

const absolute = (amount: string) => amount.replace(/^-/, '');

function shown(id: string): Reconciliation {
  const book = open();
  const payout = find(id);
  const money = (amount: string) => ({ amount, currency: payout.amount.currency });
  const minus = (one: string, ...others: string[]) =>
    sum([one, ...others.map((other) => sum([`-${other}`.replace('--', '')]))]);
  const mine = lines(book, payout);
  const total = sum(mine.map((line) => line.amount.amount));
  const explanations = kept(book).explanations.get(payout.id) ?? [];
  const of = (...kinds: string[]) =>
    explanations.filter((one) => kinds.includes(one.kind)).map((one) => one.amount.amount);
  const deposits = kept(book).deposits.filter((one) => one.payout === payout.id);
  const arrived = sum(deposits.map((one) => one.amount.amount));
  const fees = sum(deposits.map((one) => one.fee.amount));
  const linesLeft = minus(payout.amount.amount, total, ...of('missing', 'carried'));
  const depositLeft = sum([minus(payout.amount.amount, arrived, fees), ...of('fee', 'exchange')]);
  const left = sum([absolute(linesLeft), absolute(depositLeft)]);
  const touched = deposits.length > 0 || explanations.length > 0;
  const isLocked = locked(book, payout);
  const proposal = mine.length ? [] : made(book, payout.amount.amount);
  return {
    payout: {
      ...payout,
      left: touched ? money(left) : null,
      state: isLocked ? 'locked' : touched && !micros(left) ? 'reconciled' : 'open',
      arrived_on: deposits.at(-1)?.on ?? null,
    },
    lines: mine,
    lines_total: money(total),
    explanations,
    deposits,
    arrived: money(arrived),
    fees: money(fees),
    lines_difference: money(linesLeft),
    difference: money(depositLeft),
    left: money(left),
    reconciled: touched && !micros(left),
    locked: isLocked,
    terms_fee: null,
    expected: null,
    carried_in: money('0'),
    line_proposal: proposal,
    line_proposal_total: money(sum(proposal.map((line) => line.amount.amount))),
    deposit_proposals:
      isLocked || !micros(depositLeft)
        ? []
        : kept(book)
            .deposits.filter(
              (one) =>
                !one.payout &&
                !one.aside &&
                one.on >= (payout.sent_on ?? '') &&
                one.on.slice(0, 7) === payout.sent_on?.slice(0, 7),
            )
            .map((deposit, index) => ({
              deposit,
              points: index ? 45 : 100,
              reasons: index
                ? ['amount_nearly', 'days_few']
                : ['amount_with_fee', 'number', 'days_few', 'name'],
            })),
  };
}

/** What the list says of each payout. */
export const stated = (payout: PayoutDto): PayoutDto => shown(payout.id).payout;

function change(id: string, label: string, run: (book: Book) => void): Reconciliation {
  edit(label, (book) => {
    if (locked(book, find(id)))
      refuse('period.locked', 'Kartra in USD is locked.', 'Unlock it under Earnings, Payouts.');
    run(book);
  });
  return shown(id);
}

function report(input: ReportInput) {
  const months = (from: string | null, to: string | null) =>
    rowsOf(input.program, from, to, input.by === 'country' ? 'kind' : input.by);
  const now = months(input.from, input.to);
  const before = input.before_from ? months(input.before_from, input.before_to) : [];
  const shifted = (key: unknown) => key;
  const rows = now.map((row) => {
    const earlier = before.find(
      (other) =>
        other.earned.currency === row.earned.currency &&
        shifted(other[input.by as never]) === row[input.by as never],
    );
    const was = earlier?.earned.amount ?? '0';
    return {
      ...row,
      ...(input.before_from
        ? {
            before: { amount: was, currency: row.earned.currency },
            change: {
              amount: sum([row.earned.amount, was.startsWith('-') ? was.slice(1) : `-${was}`]),
              currency: row.earned.currency,
            },
          }
        : {}),
      ...(input.measures
        ? {
            measures: {
              sales: 42,
              refunded: 2,
              refund_rate: '0.0476',
              clicks: 1240,
              conversion: '0.0339',
              epc: { amount: '1.6812', currency: row.earned.currency },
              hold_days: '45',
              payout_days: '61.5',
            },
          }
        : {}),
    } as unknown as ReportRow;
  });
  return { by: input.by, from: input.from, to: input.to, rows, totals: [], converted: null };
}

export const reconcile: Handlers = {
  reconcile_show: ({ id }) => shown(id),
  payout_lines: ({ payout, lines: wanted }) =>
    change(payout, 'Tied commissions to a payout', (book) => {
      own(book).lines.set(payout, wanted ? [] : made(book, find(payout).amount.amount));
    }),
  explain_add: ({ payout, kind, amount, note }) =>
    change(payout, `Explained ${amount} of a payout`, (book) => {
      const mine = own(book);
      const all = mine.explanations.get(payout) ?? [];
      const one = {
        id: `ex-${Math.random()}`,
        kind,
        amount: { amount, currency: find(payout).amount.currency },
        note,
      };
      mine.explanations.set(payout, [...all, one]);
    }),
  explain_remove: ({ id }) => {
    const [payout] = [...kept(open()).explanations].find(([, all]) => all.some((one) => one.id === id)) ?? [
      '',
    ];
    return change(payout, 'Took out an explanation', (book) => {
      const mine = own(book);
      const all = mine.explanations.get(payout) ?? [];
      mine.explanations.set(
        payout,
        all.filter((one) => one.id !== id),
      );
    });
  },
  deposit_list: (input) => page(kept(open()).deposits, input),
  deposit_add: (input) =>
    change(input.payout, `Noted that ${input.amount.amount} arrived`, (book) => {
      own(book).deposits.push({
        id: `dep-${Math.random()}`,
        on: input.on,
        amount: input.amount,
        fee: { amount: input.fee ?? '0', currency: input.amount.currency },
        who: '',
        reference: input.reference,
        account: '',
        statement: null,
        payout: input.payout,
        aside: false,
        rate: null,
      });
    }),
  deposit_tie: ({ deposit, payout }) =>
    edit('Matched a deposit', (book) => {
      const one = own(book).deposits.find((other) => other.id === deposit);
      if (!one) return refuse('deposit.unknown', 'There is no such deposit.');
      one.payout = payout;
      return one;
    }),
  deposit_aside: ({ id, aside }) =>
    edit('Left a deposit aside', (book) => {
      const one = own(book).deposits.find((other) => other.id === id);
      if (!one) return refuse('deposit.unknown', 'There is no such deposit.');
      one.aside = aside;
      return one;
    }),
  deposit_remove: () => ({}),
  period_list: () => ({ items: kept(open()).locks, next: null, total: kept(open()).locks.length }),
  period_lock: ({ program, currency, through, note }) =>
    edit(`Locked ${program} up to ${through}`, (book) => {
      const lock: PeriodDto = {
        program,
        name: 'Kartra',
        currency,
        through,
        locked_at: '2026-03-10T07:00:00Z',
        note,
        waiting: 0,
      };
      const mine = own(book);
      mine.locks = [...mine.locks.filter((other) => other.program !== program), lock];
      return lock;
    }),
  period_unlock: ({ program }) =>
    edit(`Unlocked ${program}`, (book) => {
      const mine = own(book);
      mine.locks = mine.locks.filter((other) => other.program !== program);
      return { taken_in: 0 };
    }),
  statement_preview: ({ path }) => ({
    header: path.includes('bank')
      ? ['Date', 'Text', 'Credit', 'Debit']
      : ['Date', 'Name', 'Status', 'Currency', 'Gross', 'Fee', 'Net', 'Transaction ID'],
    rows: path.includes('bank')
      ? [
          ['16.02.2026', 'PARTNERSTACK', '2890.10', ''],
          ['17.02.2026', 'Rent', '', '800.00'],
        ]
      : [['02/16/2026', 'PartnerStack Inc', 'Completed', 'USD', '3184.80', '-2.90', '3181.90', '1AB']],
    mapping: path.includes('bank') ? null : 'paypal',
    columns: [
      { field: 'date', column: 'Date' },
      { field: 'amount', column: 'Credit' },
      { field: 'reference', column: 'Text' },
    ],
  }),
  statement_import: ({ path, mapping }) =>
    edit('Took in a statement', () => ({
      statement: 'st-2',
      file: path.split('/').at(-1) ?? path,
      mapping: mapping ?? 'bank',
      rows: { read: 5, new: 2, same: 0, left: 3, refused: 0 },
      totals: [{ amount: '1328.00', currency: 'USD' }],
      deposits: [],
      refused: [],
      proposed: 1,
    })),
  statement_list: () => ({ items: [], next: null, total: 0 }),
  statement_undo: () => ({ removed: 0 }),
  report_show: (input) => report(input),
  report_save: ({ path }) => ({ files: [path] }),
  report_statement: ({ path }) => ({ files: [path] }),
  ledger_save: ({ path }) => ({ files: [path] }),
  table_save: ({ path }) => ({ files: [path] }),
  view_list: () => ({ items: kept(open()).views, next: null, total: kept(open()).views.length }),
  view_save: (view) =>
    edit(`Saved the view ${view.name}`, (book) => {
      const mine = own(book);
      mine.views = [...mine.views.filter((other) => other.name !== view.name), view];
      return { items: mine.views, next: null, total: mine.views.length };
    }),
  view_remove: ({ name }) =>
    edit(`Removed the view ${name}`, (book) => {
      const mine = own(book);
      mine.views = mine.views.filter((other) => other.name !== name);
      return { items: mine.views, next: null, total: mine.views.length };
    }),
};
