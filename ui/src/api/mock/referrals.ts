/** Answers about referrals, recruited affiliates and programs side by side. */
import { fromMicros, micros } from '$/lib/decimal';
import type {
  Amount,
  CardField,
  Recruit,
  ReferralDetail,
  ReferralItem,
  ReferralStep,
  Scorecard,
} from '../bindings';
import type { Handlers } from '.';
import { type Book, edit, has, open, page, refuse, TODAY } from './state';

const KEYS = [
  'price',
  'billing',
  'commission',
  'recurring',
  'months',
  'second_tier',
  'cookie_days',
  'trial_days',
  'hold_days',
  'minimum',
  'methods',
  'conversion',
  'material',
  'product',
  'support',
];
const usd = (amount: string): Amount => ({ amount, currency: 'USD' });

interface Kept {
  referrals: ReferralDetail[];
  recruits: Recruit[];
  cards: Scorecard[];
}

function made(index: number): ReferralDetail {
  const stages = ['paying', 'upgraded', 'trial', 'past_due', 'cancelled', 'refunded', 'lead'];
  const stage = stages[index % stages.length] ?? 'paying';
  const paid = ['paying', 'upgraded', 'past_due', 'cancelled'].includes(stage) ? 2 + (index % 9) : 0;
  const day = (back: number) => {
    const at = new Date(`${TODAY}T12:00:00Z`);
    at.setUTCDate(at.getUTCDate() - back);
    return at.toISOString().slice(0, 10);
  };
  const begun = 30 * paid + 20 + (index % 13);
  const named = index % 6 === 0;
  const step = (on: string, what: string, plan: string | null = null): ReferralStep => ({
    on,
    stage: what,
    plan,
    noted: false,
    note_id: null,
    note: '',
  });
  const plan = index % 2 ? '2021/gold-monthly' : '2021/starter-monthly';
  const steps = [step(day(begun + 3), 'click'), step(day(begun), 'lead')];
  if (paid || stage === 'trial' || stage === 'refunded') steps.push(step(day(begun), 'trial', plan));
  if (paid || stage === 'refunded') steps.push(step(day(begun - 14), 'paying', plan));
  if (!['paying', 'trial', 'lead'].includes(stage))
    steps.push(step(day(begun - 30), stage, stage === 'upgraded' ? '2021/platinum-monthly' : null));
  const each = index % 2 ? '119.60' : '39.60';
  const earned = fromMicros((micros(each) as bigint) * BigInt(paid));
  const item: ReferralItem = {
    id: `c1~customer-${(index * 7919 + 11).toString(16).padStart(12, '0')}`,
    alias: named
      ? (['The bakery in Graz', 'Yoga studio', 'Coach from the meetup', 'مدرسة اللغات'][(index / 6) % 4] ??
        'Friend')
      : `customer-${(index * 7919 + 11).toString(16).padStart(12, '0')}`,
    program: 'kartra',
    connection: 'PartnerStack',
    stage,
    since: steps.at(-1)?.on ?? null,
    tier: 'direct',
    plan: paid ? plan : null,
    paying_since: paid ? day(begun - 14) : null,
    next_due: ['paying', 'upgraded'].includes(stage) ? day(-((index % 28) + 1)) : null,
    renewals: Math.max(0, paid - 1),
    earned: paid ? [usd(earned)] : [],
    months_left: index % 5 === 4 ? null : Math.max(0, 12 - paid),
    noted: named,
  };
  return {
    referral: item,
    note: '',
    steps,
    payments: Array.from({ length: paid }, (_, at) => ({
      id: `row-${index}-${at}`,
      on: day(begun - 14 - 30 * (paid - 1 - at)),
      kind: at === paid - 1 ? 'sale' : 'rebill',
      plan,
      sale: usd(index % 2 ? '299.00' : '99.00'),
      earned: usd(each),
    })),
    windows: [
      {
        what: 'cookie',
        from: day(begun + 3),
        to: day(begun - 27),
        sentence: `They came on ${day(begun)}, within the cookie of 30 days.`,
      },
    ],
    link: 'kx3f9',
    paid: paid > 2 ? [usd(each)] : [],
    to_come: ['paying', 'upgraded'].includes(stage) ? usd('412.37') : null,
    to_come_how: ['paying', 'upgraded'].includes(stage)
      ? `Each further payment earns ${each} USD and is expected as your customers on this plan have stayed; what comes a year later counts 10% less.`
      : 'They do not pay now, so nothing is expected.',
  };
}

function recruit(fields: Partial<Recruit>, sales: number, earned: string, sold: string): Recruit {
  return {
    id: null,
    program: 'kartra',
    name: null,
    code: null,
    recruited_by: null,
    joined_on: null,
    note: '',
    archived: false,
    depth: 0,
    sums: sales ? [{ sales, sold: usd(sold), earned: usd(earned), paid: usd('0.00') }] : [],
    below: [],
    first_on: sales ? '2025-09-04' : null,
    last_on: sales ? '2026-03-02' : null,
    ...fields,
  };
}

function card(name: string, program: string | null, known: Record<string, string>): Scorecard {
  const fields = KEYS.map(
    (key): CardField => ({
      key,
      value: known[key] ?? null,
      note: '',
      source: known[key] ? 'The program’s terms' : '',
      on: known[key] ? '2026-01-01' : null,
      from: known[key] ? 'terms' : null,
    }),
  );
  const worth = program
    ? {
        referral: usd('512.18'),
        clicks: usd('1075.58'),
        how: [
          '39.60 USD a payment, 12.93 payments expected in 24 months.',
          'How customers stay is taken from yours of Kartra.',
          'A hundred clicks bring 2.10 of them, by 46 new customers of 2190 clicks on your links.',
        ],
      }
    : { referral: null, clicks: null, how: ['Fill in the commission to see what it is worth.'] };
  return { id: null, name, program, archived: false, fields, worth };
}

function kept(book: Book): Kept {
  book.kept ??= {};
  const full = book.ledger.length > 0;
  book.kept.referrals ??= {
    referrals: full ? Array.from({ length: 120 }, (_, index) => made(index)) : [],
    recruits: full
      ? [
          recruit(
            { id: 'r1', name: 'Maria', code: 'maria-k', joined_on: '2025-08-20', below: [usd('49.90')] },
            14,
            '218.60',
            '2186.00',
          ),
          recruit(
            { id: 'r2', name: 'Jonas', code: 'jonas', recruited_by: 'r1', depth: 1, joined_on: '2025-10-02' },
            3,
            '49.90',
            '499.00',
          ),
          recruit(
            {
              id: 'r3',
              name: 'The newsletter people of the north with a long name',
              joined_on: '2026-02-11',
            },
            0,
            '0',
            '0',
          ),
          recruit({ name: 'webtips', code: 'webtips' }, 2, '19.80', '198.00'),
        ]
      : [],
    cards: [
      ...book.programs.map(({ program, terms }) =>
        card(program.name, program.id, {
          price: '99.00 USD',
          billing: 'monthly',
          commission: terms.direct_rate,
          recurring: 'yes',
          months: 'unlimited',
          second_tier: '0.10',
          cookie_days: '30',
          trial_days: '14',
          hold_days: '45',
          minimum: '100.00 USD',
        }),
      ),
      ...['ClickFunnels', 'Kajabi', 'LearnWorlds', 'Teachable', 'Thinkific'].map((name) =>
        card(name, null, {}),
      ),
    ],
  } satisfies Kept;
  return book.kept.referrals as Kept;
}

function find(id: string): ReferralDetail {
  return (
    kept(open()).referrals.find(({ referral }) => referral.id === id || referral.alias === id) ??
    refuse('referral.unknown', `There is no referral “${id}”.`)
  );
}

function cardOf(name: string): Scorecard {
  return (
    kept(open()).cards.find((one) => one.name === name || one.program === name) ??
    refuse('scorecard.unknown', `There is no card “${name}”.`)
  );
}

export const referrals: Handlers = {
  referral_list: (input) =>
    page(
      kept(open())
        .referrals.map(({ referral }) => referral)
        .filter((row) => has(input.search, row.alias) && (!input.stage || row.stage === input.stage)),
      { limit: input.limit, after: input.after },
    ),
  referral_show: ({ id }) => find(id),
  referral_note: (input) =>
    edit('Referral noted', (book) => {
      const all = kept(book).referrals;
      let one = all.find(({ referral }) => referral.id === input.id);
      if (!one) {
        if (!input.alias) refuse('referral.no_name', 'A referral needs a name.');
        one = {
          ...made(6),
          steps: [],
          payments: [],
          windows: [],
          link: null,
          paid: [],
          to_come: null,
          referral: { ...made(6).referral, id: `r-${all.length}`, connection: null, earned: [], noted: true },
        };
        all.unshift(one);
      }
      if (input.alias) one.referral.alias = input.alias;
      if (input.note !== null) one.note = input.note;
      if (input.remove) one.steps = one.steps.filter((step) => step.note_id !== input.remove);
      if (input.stage) {
        one.referral.stage = input.stage;
        one.referral.since = input.on ?? TODAY;
        one.steps.push({
          on: input.on ?? TODAY,
          stage: input.stage,
          plan: input.plan,
          noted: true,
          note_id: `note-${one.steps.length}`,
          note: input.step_note ?? '',
        });
      }
      one.referral.noted = true;
      return one;
    }),
  referral_forget: ({ id }) => {
    edit('Notes forgotten', () => {
      find(id).referral.noted = false;
    });
    return {};
  },
  second_tier_list: (input) => page(kept(open()).recruits, { limit: input.limit, after: input.after }),
  second_tier_tree: () => {
    const items = kept(open()).recruits;
    return {
      items,
      sums: items.length
        ? [{ sales: 19, sold: usd('2883.00'), earned: usd('288.30'), paid: usd('120.00') }]
        : [],
      ahead: items.length
        ? [{ program: 'kartra', months: 12, second_tier: usd('604.12'), total: usd('38211.40') }]
        : [],
    };
  },
  second_tier_save: (input) =>
    edit('Affiliate saved', (book) => {
      const all = kept(book).recruits;
      const known = all.find((one) => one.id === input.id);
      const fields = {
        name: input.name,
        code: input.code,
        recruited_by: input.recruited_by,
        joined_on: input.joined_on,
        note: input.note,
      };
      if (known) return Object.assign(known, fields);
      const fresh = recruit({ ...fields, id: `r${all.length + 1}`, program: input.program }, 0, '0', '0');
      all.push(fresh);
      return fresh;
    }),
  second_tier_remove: ({ id }) => {
    edit('Affiliate taken out', (book) => {
      const mine = kept(book);
      mine.recruits = mine.recruits.filter((one) => one.id !== id);
    });
    return {};
  },
  scorecard_list: (input) =>
    page(
      kept(open()).cards.filter((one) => has(input.search, one.name) && (input.archived || !one.archived)),
      input,
    ),
  scorecard_show: ({ id }) => cardOf(id),
  scorecard_compare: () => ({ cards: kept(open()).cards, keys: KEYS }),
  scorecard_set: (input) =>
    edit('Card changed', (book) => {
      const all = kept(book).cards;
      let one = all.find((known) => known.name === input.name || known.program === input.name);
      if (!one) {
        one = card(input.name, null, {});
        all.push(one);
      }
      for (const { key, value } of input.values) {
        const field = one.fields.find((known) => known.key === key);
        if (!field) return refuse('scorecard.key', `A card has no “${key}”.`);
        Object.assign(field, {
          value: value || null,
          note: input.note,
          source: input.source,
          on: value ? TODAY : null,
          from: value ? 'user' : null,
        });
      }
      if (input.archived !== null) one.archived = input.archived;
      one.id ??= `card-${one.name}`;
      return one;
    }),
};
