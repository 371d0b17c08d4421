/** Answers about compliance: a few of the checks in a few lines. The real ones are the application's. */
import type { Checklist, ChecklistItemDto, FindingDto } from '../bindings';
import type { Handlers } from '.';
import { type Book, edit, open, refuse, TODAY } from './state';

const DEMANDS: [string, string, string, string][] = [
  [
    'disclosure',
    'Show the affiliate disclosure everywhere you promote',
    'Readers must know that you are paid before they follow a link.',
    'Kartra’s terms; 16 CFR 255.5',
  ],
  [
    'no-spam',
    'Send no junk mail',
    'Each mail needs an honest subject, your postal address and a way out that works.',
    'Kartra’s terms; CAN-SPAM',
  ],
  [
    'no-social-spam',
    'Do not spam on social media',
    'Posting the same link in many groups can end the partnership.',
    'Kartra’s terms',
  ],
  [
    'typical-customer',
    'Do not pose as a typical customer',
    'You are paid, so your word is an advertisement, and must look like one.',
    'Kartra’s terms; EU UCPD Annex I 22',
  ],
  [
    'brand-keywords',
    'Do not bid on keywords with Kartra or Kartra.com in them',
    'This is the most usual reason for a closed account.',
    'Kartra’s terms',
  ],
  [
    'brand-handle',
    'Keep the name out of your account’s username',
    'Readers would take your account for the company’s.',
    'Kartra’s affiliate page',
  ],
  [
    'results',
    'Say what results are usual where you tell of unusual ones',
    'An atypical result needs the generally expected one beside it.',
    '16 CFR 255.2',
  ],
  ['reviews', 'No bought or invented reviews', 'Fines go up to 51,744 USD for each.', '16 CFR Part 465'],
  [
    'partner-agreement',
    'Keep PartnerStack’s partner agreement',
    'The account at the network has terms of its own.',
    'PartnerStack',
  ],
];

type State = Map<string, Partial<ChecklistItemDto>>;
const decided = new WeakMap<Book, State>();
const accepted = new WeakMap<Book, string | null>();

function stateOf(book: Book): State {
  const own = decided.get(book);
  if (own) return own;
  const start: State = new Map();
  if (book.ledger.length) {
    const file = {
      id: 'e-1',
      kind: 'file',
      text: 'disclosure-on-the-blog.png',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      bytes: 184_320,
      on: '2026-02-20',
    };
    const url = {
      id: 'e-2',
      kind: 'url',
      text: 'https://ana.example/disclosure',
      sha256: null,
      bytes: null,
      on: '2026-02-20',
    };
    start.set('kartra||disclosure', {
      state: 'done',
      decided_on: '2026-02-20',
      note: 'In the header of every post',
      evidence: [file, url],
    });
    start.set('kartra||no-social-spam', { state: 'done', decided_on: '2026-02-20' });
    start.set('kartra||brand-keywords', {
      state: 'not_applicable',
      decided_on: '2026-02-20',
      note: 'I run no search ads',
    });
    start.set('kartra||brand-handle', { reopened: true });
  }
  decided.set(book, start);
  return start;
}

export function checklist(book: Book, program: string, campaign: string | null): Checklist {
  if (!book.programs.some((detail) => detail.program.id === program))
    refuse('program.unknown', `There is no program “${program}”.`);
  const items = DEMANDS.slice(0, campaign ? 5 : undefined).map(
    ([id, demand, why, source]): ChecklistItemDto => ({
      id,
      demand,
      why,
      source,
      state: 'open',
      decided_on: null,
      note: '',
      reopened: false,
      required: ['disclosure', 'no-spam', 'typical-customer', 'brand-keywords', 'brand-handle'].includes(id),
      evidence: [],
      ...stateOf(book).get(`${program}|${campaign ?? ''}|${id}`),
    }),
  );
  const version =
    accepted.get(book) === undefined ? (book.ledger.length ? '2021' : null) : (accepted.get(book) ?? null);
  return {
    program,
    campaign,
    terms_version: '2026-01',
    accepted_version: version,
    accepted_on: version ? (version === '2021' ? '2025-05-02' : TODAY) : null,
    items,
    done: items.filter((item) => item.state !== 'open').length,
    signed: version === null ? 'never' : version === '2026-01' || version === '2021' ? 'current' : 'changed',
  };
}

function change<T>(label: string, next: (book: Book) => T): T {
  const before = open();
  return edit(label, (book) => {
    decided.set(book, new Map(stateOf(before)));
    accepted.set(
      book,
      accepted.has(before) ? (accepted.get(before) ?? null) : before.ledger.length ? '2021' : null,
    );
    return next(book);
  });
}

export function find(text: string, channel: string): FindingDto[] {
  const at = (match: RegExpExecArray): [number, number] => {
    const from = [...text.slice(0, match.index)].length;
    return [from, from + [...match[0]].length];
  };
  const found: FindingDto[] = [];
  const link = /(https?:\/\/)?try\.kartra\.com\/\S+/i.exec(text);
  const says = /\b(I (may )?earn|I get paid|paid link|affiliate commission|#ad\b)/i.exec(text);
  if (link && !says) {
    found.push({
      rule: 'disclosure-missing',
      severity: 'error',
      message: 'A link that pays you, and no words that say so.',
      span: at(link),
      fix: 'Say before the link that you earn a commission when somebody buys.',
      source: '16 CFR 255.5; Kartra’s terms',
    });
  } else if (link && says && says.index > link.index) {
    found.push({
      rule: 'disclosure-not-prominent',
      severity: 'error',
      message: 'The disclosure comes after the first link.',
      span: at(says),
      fix: 'Move it above the first link.',
      source: '16 CFR 255.5',
    });
  }
  const income = /\b(?:make|earn|made)\s+\$?\d[\d,]*/i.exec(text);
  if (income && !/typical/i.test(text)) {
    found.push({
      rule: 'income-claim',
      severity: 'warning',
      message: 'A figure of what can be earned, without support.',
      span: at(income),
      fix: 'Leave the figure out, or show where it comes from and what is usual.',
      source: '16 CFR 255.2',
    });
  }
  if (channel === 'email' && !/unsubscribe/i.test(text)) {
    found.push({
      rule: 'spam-no-opt-out',
      severity: 'error',
      message: 'There is no way to unsubscribe.',
      span: null,
      fix: 'Add a line such as {{unsubscribe}} to the footer.',
      source: 'CAN-SPAM, 15 USC 7704',
    });
  }
  return found.sort((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0));
}

const WORDINGS: [string, string, string, string][] = [
  ['blog', 'en', 'short', 'Ad: I earn a commission if you buy through the links in this post.'],
  [
    'blog',
    'en',
    'long',
    'This post contains affiliate links. If you sign up through one of them, the company pays me a commission, at no extra cost to you. I only write about tools I use.',
  ],
  [
    'blog',
    'de',
    'short',
    'Anzeige: Wenn du über die Links in diesem Beitrag kaufst, bekomme ich eine Provision.',
  ],
  ['email', 'en', 'short', 'Ad: I get paid if you buy through the links in this mail.'],
  ['email', 'de', 'short', 'Anzeige: Ich werde bezahlt, wenn du über die Links in dieser Mail kaufst.'],
  ['youtube', 'en', 'short', 'Paid links: I earn a commission when you buy through the links below.'],
  [
    'youtube',
    'en',
    'long',
    'Say it in the video as well, before you show the product: “I earn a commission if you buy through the link below.”',
  ],
  ['social', 'en', 'short', '#ad I earn a commission if you buy through my link.'],
  [
    'reddit',
    'en',
    'short',
    'Full disclosure: I am an affiliate and get paid if you sign up through this link.',
  ],
];

export const compliance: Handlers = {
  compliance_status: () => {
    const book = open();
    const rows = book.programs.flatMap(({ program }) => [
      { program: program.id, campaign: null as string | null },
      ...(program.id === 'kartra'
        ? book.campaigns.map(({ name }) => ({ program: program.id, campaign: name as string | null }))
        : []),
    ]);
    return {
      items: rows.map(({ program, campaign }) => {
        const list = checklist(book, program, campaign);
        return {
          program,
          campaign,
          terms_version: list.terms_version,
          accepted_version: list.accepted_version,
          done: list.done,
          total: list.items.length,
        };
      }),
      note: 'These are checks against known rules, not legal advice.',
    };
  },
  checklist: ({ program, campaign }) => checklist(open(), program, campaign),
  checklist_set: (input) =>
    change(`Checklist item “${input.item}” set`, (book) => {
      const key = `${input.program}|${input.campaign ?? ''}|${input.item}`;
      const before = stateOf(book).get(key) ?? {};
      const evidence = [...(before.evidence ?? [])];
      if (input.evidence) {
        const { kind, text } = input.evidence;
        evidence.push({
          id: `e-${Math.random()}`,
          kind,
          text: kind === 'file' ? text.replace(/^.*[\\/]/, '') : text,
          sha256: kind === 'file' ? 'ab'.repeat(32) : null,
          bytes: kind === 'file' ? 20_480 : null,
          on: TODAY,
        });
      }
      stateOf(book).set(key, {
        state: input.state,
        note: input.note,
        decided_on: input.state === 'open' ? null : TODAY,
        evidence,
      });
      return checklist(book, input.program, input.campaign);
    }),
  terms_accept: ({ program, version }) =>
    change(`Terms ${version} accepted`, (book) => {
      accepted.set(book, version);
      return checklist(book, program, null);
    }),
  compliance_text: ({ text, channel }) => ({ findings: find(text, channel) }),
  compliance_page: ({ place }) =>
    /^https?:/.test(place)
      ? refuse('page.unreachable', `${place}: this page cannot be reached.`)
      : {
          findings: [],
          address: null,
          checked_at: `${TODAY}T12:00:00Z`,
          sha256: '0'.repeat(64),
          kept: [],
          copy: null,
        },
  wordings: () => ({
    items: WORDINGS.map(([channel, language, length, text]) => ({ channel, language, length, text })),
  }),
};
