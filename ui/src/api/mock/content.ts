/** Answers about what is planned for campaigns, and about their results side by side. */
import type {
  CampaignFigures,
  CampaignRow,
  ComparedRow,
  ContentChecklist,
  ContentItemDto,
  ContentSave,
} from '../bindings';
import type { Handlers } from '.';
import { type Book, edit, open, refuse, TODAY } from './state';

const STATES = ['idea', 'draft', 'ready', 'published', 'done'];
const isOut = (state: string) => state === 'published' || state === 'done';

type Made = [string, string, string, string, string, string | null];
const MADE: Made[] = [
  ['Spring launch', 'Five funnels that sell while you sleep', 'article', 'published', 'Blog', '2026-02-20'],
  ['Spring launch', 'Announcement to the list', 'email', 'done', 'Newsletter', '2026-02-15'],
  ['Spring launch', 'The case study', 'email', 'published', 'Newsletter', '2026-03-08'],
  ['Spring launch', 'Walk through the page builder', 'video', 'ready', 'YouTube', '2026-03-12'],
  ['Spring launch', 'Last day of the offer', 'email', 'draft', 'Newsletter', '2026-03-27'],
  ['Webinar: funnels in a day', 'Reminder an hour before', 'email', 'draft', 'Newsletter', '2026-03-17'],
  ['Webinar: funnels in a day', 'Invitation', 'ad', 'ready', 'Facebook Ads', '2026-03-17'],
  ['Webinar: funnels in a day', 'What people asked', 'story', 'idea', 'Instagram', null],
  [
    'Evergreen Quora answers',
    'Which page builder for a course?',
    'post',
    'published',
    'Quora answers',
    '2026-03-03',
  ],
  ['Evergreen Quora answers', 'Membership site without code', 'post', 'draft', 'Quora answers', '2026-03-24'],
  ['Evergreen Quora answers', 'Moving from another tool', 'post', 'idea', 'r/marketing', null],
];

function made(book: Book): ContentItemDto[] {
  return MADE.map(([campaign, title, kind, state, channel, day], index) => ({
    id: `ci-${index + 1}`,
    campaign,
    channel,
    channel_kind: book.channels.find((row) => row.name === channel)?.kind ?? null,
    kind,
    title,
    state,
    planned_on: day,
    published_on: isOut(state) ? day : null,
    url: isOut(state) ? 'https://ana.example/it' : null,
    links: isOut(state)
      ? book.links.slice(index, index + 1).map(({ id, code, label }) => ({ id, code, label }))
      : [],
    swipe: null,
    swipe_title: null,
    note: '',
    revision: 1,
  }));
}

function items(book: Book): ContentItemDto[] {
  const kept = book.kept?.content as ContentItemDto[] | undefined;
  return kept ?? (book.campaigns.length ? made(book) : []);
}

function keep(book: Book, next: ContentItemDto[]) {
  book.kept = { ...book.kept, content: next };
}

const dayOf = (item: ContentItemDto) => item.published_on ?? item.planned_on;

function checklists(shown: ContentItemDto[]): ContentChecklist[] {
  const names = [...new Set(shown.map((item) => item.campaign))].sort();
  return names.map((campaign, index) => ({
    campaign,
    program: 'kartra',
    done: index === 0 ? 14 : 5 * index,
    total: 14,
  }));
}

function find(book: Book, id: string): ContentItemDto {
  return (
    items(book).find((item) => item.id === id) ??
    refuse('content_item.unknown', `There is no content item “${id}”.`)
  );
}

function moved(item: ContentItemDto, state: string | null, on: string | null): ContentItemDto {
  const next = { ...item, state: state ?? item.state, revision: item.revision + 1 };
  if (!STATES.includes(next.state)) refuse('content.state', `“${next.state}” is not a state.`);
  next.published_on = isOut(next.state) ? (next.published_on ?? TODAY) : null;
  if (on && isOut(next.state)) {
    if (on > TODAY)
      refuse('content.still_to_come', `${on} is still to come, so nothing was published on it.`);
    next.published_on = on;
  } else if (on) next.planned_on = on;
  return next;
}

function saved(book: Book, input: ContentSave): ContentItemDto {
  const before = input.id ? find(book, input.id) : null;
  const channel = input.channel === null ? (before?.channel ?? null) : input.channel || null;
  const item: ContentItemDto = {
    id: before?.id ?? `ci-${Math.random()}`,
    campaign: input.campaign ?? before?.campaign ?? '',
    channel,
    channel_kind: book.channels.find((row) => row.name === channel)?.kind ?? null,
    kind: input.kind ?? before?.kind ?? 'post',
    title: input.title ?? before?.title ?? '',
    state: input.state ?? before?.state ?? 'idea',
    planned_on: input.planned_on === null ? (before?.planned_on ?? null) : input.planned_on || null,
    published_on: before?.published_on ?? null,
    url: input.url || null,
    links: [],
    swipe: input.swipe || null,
    swipe_title: null,
    note: input.note ?? '',
    revision: 1,
  };
  return moved(item, null, input.published_on);
}

/** The figures of a made-up campaign, each with its sentence. */
export function figuresOf(campaign: CampaignRow): CampaignFigures[] {
  const { results } = campaign;
  return results.money.map((money) => {
    const spent = Number(money.spend) > 0;
    const covered = Number(money.profit) >= 0;
    const hourly = results.minutes ? ((Number(money.profit) * 60) / results.minutes).toFixed(2) : null;
    return {
      currency: money.currency,
      commission: money.commission,
      to_come: money.to_come ?? '0.00',
      spend: money.spend,
      profit: money.profit,
      profit_with_to_come: money.profit_with_to_come ?? money.profit,
      payback: {
        state: !spent ? 'nothing_spent' : covered ? 'reached' : 'expected',
        on: !spent ? null : covered ? '2026-03-04' : '2026-05-31',
        missing: null,
      },
      epc: money.epc,
      hourly,
      how: [
        {
          key: 'commission',
          text: 'Everything earned through 5 links, on hold included; refunds and clawbacks are taken off.',
        },
        {
          key: 'to_come',
          text: `18 customers pay now. Every renewal still expected, times what it earns, is worth ${money.to_come} USD today; what comes a year later counts 10 % less.`,
        },
        { key: 'spend', text: 'The spend of 4 log entries added up.' },
        {
          key: 'profit',
          text: `${money.commission} USD earned − ${money.spend} USD spent = ${money.profit} USD.`,
        },
        {
          key: 'profit_with_to_come',
          text: `${money.profit} USD profit so far + ${money.to_come} USD still to come.`,
        },
        {
          key: 'payback',
          text: !spent
            ? 'Nothing was spent, so nothing has to come back.'
            : covered
              ? '2026-03-04 is the first day by whose end the commission had reached what was spent.'
              : 'With what those who pay now are expected to bring, the rest is back by 2026-05-31, the end of that month.',
        },
        {
          key: 'epc',
          text: results.clicks
            ? `${money.commission} USD earned over ${results.clicks} clicks.`
            : 'No clicks are known.',
        },
        { key: 'hourly', text: `${money.profit} USD profit over ${results.minutes} minutes of work.` },
      ],
    };
  });
}

function compared(book: Book, by: string): ComparedRow[] {
  const ofCampaign = (row: CampaignRow): ComparedRow => ({
    id: row.id,
    name: row.name,
    archived: row.archived,
    links: row.results.links,
    clicks: row.results.clicks,
    referrals: row.results.referrals,
    minutes: row.results.minutes,
    figures: figuresOf(row),
  });
  const campaigns = book.campaigns.filter((row) => !row.archived).map(ofCampaign);
  if (by === 'campaign') return campaigns;
  return book.channels.map((channel, index) => {
    const like = campaigns[index];
    return like
      ? { ...like, id: channel.id, name: channel.name }
      : {
          id: channel.id,
          name: channel.name,
          archived: false,
          links: 0,
          clicks: null,
          referrals: 0,
          minutes: 0,
          figures: [],
        };
  });
}

export const content: Handlers = {
  content_list: (input) => {
    const book = open();
    const campaign = book.campaigns.find((row) => row.id === input.campaign || row.name === input.campaign);
    const shown = items(book)
      .filter((item) => !input.campaign || item.campaign === campaign?.name)
      .filter((item) => !input.state || item.state === input.state)
      .filter((item) => !input.from || (dayOf(item) ?? '') >= input.from)
      .filter((item) => !input.to || (dayOf(item) ?? '9999') <= input.to)
      .sort((a, b) => (dayOf(b) ?? '9999').localeCompare(dayOf(a) ?? '9999'));
    return { items: shown, more: false, checklists: checklists(shown) };
  },
  content_save: (input) =>
    edit(input.id ? `Changed ${input.title}` : `Planned ${input.title}`, (book) => {
      const item = saved(book, input);
      keep(book, [item, ...items(book).filter((other) => other.id !== item.id)]);
      return item;
    }),
  content_move: ({ id, state, on }) =>
    edit(`Moved ${find(open(), id).title}`, (book) => {
      const item = moved(find(book, id), state, on);
      keep(
        book,
        items(book).map((other) => (other.id === id ? item : other)),
      );
      return item;
    }),
  content_remove: ({ id }) =>
    edit(`Took ${find(open(), id).title} out`, (book) => {
      keep(
        book,
        items(book).filter((other) => other.id !== id),
      );
      return {};
    }),
  campaign_compare: ({ by }) => ({
    by,
    rows: compared(open(), by),
    method: [
      'A sale counts where its link belongs; sales without a link count for none.',
      'Commission is what was earned, on hold included; refunds and clawbacks are taken off.',
      'What is still to come is expected of those who pay now; what comes a year later counts 10 % less.',
      'Amounts of different currencies stand on lines of their own and never add up.',
    ],
  }),
  campaign_report_save: ({ path }) => ({ files: [path] }),
};
