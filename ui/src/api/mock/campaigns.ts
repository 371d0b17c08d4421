/** Answers about campaigns and their log. */
import type { CampaignRow } from '../bindings';
import type { Handlers } from '.';
import { figuresOf } from './content';
import { type Book, edit, has, open, page, refuse } from './state';

function find(book: Book, id: string): CampaignRow {
  return (
    book.campaigns.find((row) => row.id === id || row.name === id) ??
    refuse('campaign.unknown', `There is no campaign “${id}”.`)
  );
}

function detail(book: Book, id: string) {
  const campaign = find(book, id);
  return {
    campaign,
    figures: figuresOf(campaign),
    log: book.logs.get(campaign.id) ?? [],
    links: book.links.filter((link) => link.campaign === campaign.name).slice(0, 50),
  };
}

export const campaigns: Handlers = {
  campaign_list: (input) =>
    page(
      open().campaigns.filter(
        (row) => has(input.search, row.name, row.goal) && (input.archived || !row.archived),
      ),
      input,
    ),
  campaign_show: ({ id }) => detail(open(), id),
  campaign_save: (input) => {
    if (
      open().campaigns.some(
        (row) => row.id !== input.id && row.name.toLowerCase() === input.name.toLowerCase(),
      )
    ) {
      refuse('campaign.taken', `There already is a campaign “${input.name}”.`, 'Choose another name.');
    }
    return edit(input.id ? `Campaign “${input.name}” changed` : `Campaign “${input.name}” made`, (book) => {
      const before = input.id ? find(book, input.id) : null;
      const saved: CampaignRow = {
        results: { links: 0, clicks: null, referrals: 0, entries: 0, minutes: 0, money: [] },
        ...before,
        ...input,
        id: before?.id ?? `cp-${Math.random()}`,
        revision: 1,
      };
      book.campaigns = before
        ? book.campaigns.map((row) => (row.id === saved.id ? saved : row))
        : [saved, ...book.campaigns];
      return detail(book, saved.id);
    });
  },
  campaign_log: (input) =>
    edit(`Log entry for “${find(open(), input.campaign).name}”`, (book) => {
      const campaign = find(book, input.campaign);
      const entry = { ...input, id: input.id ?? `l-${Math.random()}` };
      const rest = (book.logs.get(campaign.id) ?? []).filter((other) => other.id !== entry.id);
      book.logs = new Map(book.logs).set(
        campaign.id,
        [entry, ...rest].sort((a, b) => b.on.localeCompare(a.on)),
      );
      return detail(book, campaign.id);
    }),
  campaign_log_remove: ({ id }) =>
    edit('Log entry removed', (book) => {
      for (const [campaign, log] of book.logs) {
        if (!log.some((entry) => entry.id === id)) continue;
        book.logs = new Map(book.logs).set(
          campaign,
          log.filter((entry) => entry.id !== id),
        );
        return detail(book, campaign);
      }
      return refuse('log.unknown', 'There is no such entry.');
    }),
};
