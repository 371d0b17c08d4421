/** Answers about links. */
import type { LinkDto, LinkNew } from '../bindings';
import type { Handlers } from '.';
import { edit, has, open, page, refuse } from './state';

/** A link that nobody has filed or checked. */
const UNKEPT = {
  tags: [],
  folder: '',
  expires_on: null,
  expired: false,
  state: 'unchecked',
  failures: 0,
  checked_at: null,
};

function build(input: LinkNew, saved: boolean): LinkDto[] {
  const book = open();
  const program = book.programs.find((candidate) => candidate.program.id === input.program);
  if (!program) return refuse('program.unknown', `There is no program “${input.program}”.`);
  const destination = program.destinations.find(
    (page) => page.name === input.destination || page.id === input.destination,
  );
  const address = destination?.url ?? input.destination ?? program.destinations[0]?.url ?? '';
  const base = address.replace('{identity}', program.program.identity ?? '');
  if (!/^https?:\/\//.test(base))
    refuse('link.not_http', `“${base}” is no web address.`, 'Begin it with https://');
  const host = new URL(base).host;
  const fits = program.link_style.hosts.some((own) =>
    own.startsWith('.') ? host.endsWith(own) : host === own,
  );
  if (!fits && !input.any_host)
    refuse(
      'link.wrong_host',
      `${host} is not one of ${program.program.name}’s hosts.`,
      'Allow other hosts if you are sure.',
    );
  return input.channels.map((name, index) => {
    const channel = book.channels.find((candidate) => candidate.name === name || candidate.id === name);
    const code = (book.links.length + index + 60000).toString(36);
    const url = new URL(base);
    url.searchParams.set('sid', code);
    url.searchParams.set('sid1', channel?.kind ?? 'other');
    url.searchParams.set('utm_source', channel?.name.toLowerCase().replaceAll(' ', '-') ?? '');
    url.searchParams.set('utm_medium', 'affiliate');
    if (input.campaign)
      url.searchParams.set('utm_campaign', input.campaign.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
    return {
      id: saved ? `ln-new-${code}` : '',
      code: saved ? code : '',
      url: url.href,
      program: input.program,
      destination: destination?.name ?? program.destinations[0]?.name ?? null,
      channel: channel?.name ?? name,
      channel_kind: channel?.kind ?? 'other',
      campaign: input.campaign,
      label: input.label,
      sub_ids: [code],
      note: '',
      archived: false,
      created_at: '2026-03-10T09:00:00Z',
      referrals: 0,
      earned: [],
      ...UNKEPT,
      revision: 1,
    };
  });
}

/** A picture that looks like a QR code; only the application makes real ones. */
function picture(): string {
  let path = '';
  let state = 5;
  for (let y = 0; y < 25; y++) {
    for (let x = 0; x < 25; x++) {
      state = (state * 1103515245 + 12345) % 2147483648;
      if (state % 5 < 2) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 29 29"><path fill="#fff" d="M-2-2h29v29h-29z"/><path d="${path}"/></svg>`;
}

export const links: Handlers = {
  link_list: (input) =>
    page(
      open().links.filter(
        (link) =>
          (input.archived || !link.archived) &&
          (!input.program || link.program === input.program) &&
          (!input.channel || link.channel === input.channel) &&
          (!input.campaign || link.campaign === input.campaign) &&
          (!input.tag || link.tags.includes(input.tag)) &&
          (!input.folder || link.folder === input.folder) &&
          stands(link, input.state) &&
          has(input.search, link.label, link.url, link.code, link.note, link.folder, ...link.tags),
      ),
      input,
    ),
  link_show: ({ id }) =>
    open().links.find((link) => link.id === id || link.code === id) ??
    refuse('link.unknown', 'There is no such link.'),
  link_preview: (input) => {
    const links = build(input, false);
    return { links, warnings: [], shows: shows(links[0]?.url) };
  },
  link_new: (input) => {
    const made = build(input, true);
    return edit(`${made.length} links made`, (book) => {
      book.links = [...made, ...book.links];
      return { links: made, warnings: [], shows: shows(made[0]?.url) };
    });
  },
  link_update: ({ id, label, note, archived, tags, folder, expires_on }) =>
    edit('Link changed', (book) => {
      const before =
        book.links.find((link) => link.id === id) ?? refuse('link.unknown', 'There is no such link.');
      const after = {
        ...before,
        label: label ?? before.label,
        note: note ?? before.note,
        archived: archived ?? before.archived,
        tags: tags ?? before.tags,
        folder: folder ?? before.folder,
        expires_on: expires_on === null ? before.expires_on : expires_on || null,
      };
      book.links = book.links.map((link) => (link.id === id ? after : link));
      return after;
    }),
  link_bulk: ({ dry_run }) => {
    const done = {
      read: 120,
      new: 118,
      refused: [
        {
          line: 17,
          column: 'channel',
          reason: 'There is no channel “Pinterest”.',
          text: 'kartra,Pinterest,Spring launch,Pin 4,',
        },
        {
          line: 88,
          column: 'destination',
          reason: 'The address has no host.',
          text: 'kartra,Blog,,Header,https://',
        },
      ],
      dry_run,
      sample: open().links.slice(0, 3),
    };
    return dry_run ? done : edit('118 links made from links.csv', () => done);
  },
  link_export: ({ path }) => ({ files: [path] }),
  link_qr: ({ format }) => ({ format, data: picture() }),
  link_qr_save: ({ out }) => ({ files: [out] }),
  link_qr_sheet: ({ out }) => ({ files: [out] }),
  link_bulk_edit: (input) =>
    edit(`${input.ids.length} links changed`, (book) => {
      book.links = book.links.map((link) =>
        input.ids.includes(link.id)
          ? {
              ...link,
              tags: [...new Set([...link.tags, ...input.add_tags])].filter(
                (tag) => !input.remove_tags.includes(tag),
              ),
              folder: input.folder ?? link.folder,
              archived: input.archived ?? link.archived,
            }
          : link,
      );
      return { links: input.ids.length, to_replace: 0, dry_run: false };
    }),
  link_shelves: () => {
    const of = (values: string[]) =>
      [...new Set(values)]
        .sort()
        .map((name) => ({ name, links: values.filter((one) => one === name).length }));
    const { links: all } = open();
    return {
      tags: of(all.flatMap((link) => link.tags)),
      folders: of(all.map((link) => link.folder).filter(Boolean)),
    };
  },
  link_handed: () => ({ address: null }),
  link_asked: ({ address }) => ({
    url: new URL(address).searchParams.get('url') ?? '',
    program: null,
    channel: null,
    campaign: null,
    label: '',
  }),
};

function stands(link: LinkDto, state: string | null | undefined): boolean {
  if (!state) return true;
  if (state === 'failing') return link.failures > 0;
  if (state === 'expired') return link.expired;
  return link.state === state;
}

function shows(address: string | undefined) {
  if (!address) return [];
  return [...new URL(address).searchParams].map(([param, value]) => ({
    param,
    value,
    place: param.startsWith('utm_') ? 'analytics' : 'report',
  }));
}
