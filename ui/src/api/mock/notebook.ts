/** Answers about swipes, the notebook, contacts and reminders. */
import type {
  ContactDto,
  EntryDetail,
  FindingDto,
  ReminderDto,
  SwipeDetail,
  SwipeDto,
  SwipeVersionDto,
} from '../bindings';
import type { Handlers } from '.';
import { type Book, edit, has, open, page, refuse, TODAY } from './state';

interface Kept {
  swipes: SwipeDetail[];
  entries: EntryDetail[];
  contacts: ContactDto[];
  reminders: ReminderDto[];
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function swipe(
  fields: Partial<SwipeDto> & { id: string; title: string },
  earlier: string[] = [],
): SwipeDetail {
  const now: SwipeDto = {
    kind: 'text',
    program: 'kartra',
    note: '',
    archived: false,
    tags: [],
    subject: '',
    body: '',
    image: null,
    version: earlier.length + 1,
    saved_at: '2026-03-04T09:30:00Z',
    links: 0,
    ...fields,
  };
  const version = (number: number, body: string): SwipeVersionDto => ({
    number,
    saved_at: `2026-0${Math.min(number, 3)}-04T09:30:00Z`,
    subject: now.subject,
    body,
    image: now.image,
  });
  return {
    swipe: now,
    versions: [...earlier, now.body].map((body, index) => version(index + 1, body)).reverse(),
    published: [],
  };
}

function entry(
  id: string,
  on: string,
  title: string,
  body: string,
  more: Partial<EntryDetail['entry']> = {},
): EntryDetail {
  return {
    entry: {
      id,
      program: 'kartra',
      on,
      title,
      sender: '',
      excerpt: body.slice(0, 200),
      origin: 'written',
      tags: [],
      terms_version: null,
      terms_from: null,
      swipe: null,
      campaign: null,
      ...more,
    },
    body,
    notes: [],
  };
}

function kept(book: Book): Kept {
  book.kept ??= {};
  if (book.kept.notebook) return book.kept.notebook as Kept;
  const full = book.links.length > 0;
  const links = book.links.slice(0, 2).map(({ code, label, channel }) => ({ code, label, channel }));
  const review = swipe(
    {
      id: 'sw-review',
      title: 'Review post',
      tags: ['evergreen', 'review'],
      body: '{disclosure}\n\nHi {name}, I moved all my pages to {program} last year, and this is what I learned on the way: {link}',
      links: 1,
    },
    ['My review of Kartra: {link}', 'My honest review of {program}: {link}'],
  );
  const mail = swipe({
    id: 'sw-mail',
    kind: 'email',
    title: 'Launch mail 2',
    tags: ['launch'],
    subject: 'The template is ready, {name}',
    body: 'Hi {name},\n\nthe template I promised is ready. {disclosure}\n\n{link}\n\n{unsubscribe}',
    links: 1,
  });
  if (links[0]) review.published = [links[0]];
  if (links[1]) mail.published = [links[1]];
  const made: Kept = {
    swipes: full
      ? [
          mail,
          review,
          swipe({
            id: 'sw-banner',
            kind: 'image',
            title: 'Banner 728 × 90',
            body: 'Build your pages in one place',
            image: 'abc',
            tags: ['banner'],
          }),
          swipe({
            id: 'sw-long',
            title: 'قائمة الأدوات',
            body: 'الأدوات التي أستخدمها كل يوم {link}',
            program: null,
          }),
        ]
      : [],
    entries: full
      ? [
          entry(
            'en-1',
            '2026-03-02',
            'The hold becomes 45 days',
            'Dear partner,\n\nfrom April commissions are held for 45 days instead of 30. Nothing changes for sales before that day.\n\nMia',
            {
              sender: 'Mia Lindqvist <mia@partners.kartra.example>',
              origin: 'mail',
              tags: ['hold', 'terms'],
              terms_version: '2026',
              terms_from: '2026-01-01',
            },
          ),
          entry(
            'en-2',
            '2026-02-11',
            'Spring bonus for the top ten',
            'Whoever brings the most new customers in March and April is paid 1,000 USD on top.',
            {
              tags: ['bonus'],
              campaign: book.campaigns[0]?.name ?? null,
            },
          ),
        ]
      : [],
    contacts: full
      ? [
          {
            id: 'ct-1',
            program: 'kartra',
            name: 'Mia Lindqvist',
            mail: 'mia@partners.kartra.example',
            role: 'Affiliate manager',
            note: 'Answers on Mondays',
          },
          { id: 'ct-2', program: 'kartra', name: 'Support', mail: '', role: 'Payouts', note: '' },
        ]
      : [],
    reminders: full
      ? [
          {
            id: 're-1',
            text: 'Ask Mia for the new banner',
            due: '2026-03-09',
            state: 'due',
            program: 'kartra',
            campaign: null,
            link: null,
            done_on: null,
          },
          {
            id: 're-2',
            text: 'Renew the comparison page',
            due: '2026-04-01',
            state: 'later',
            program: null,
            campaign: book.campaigns[0]?.name ?? null,
            link: null,
            done_on: null,
          },
          {
            id: 're-3',
            text: 'Check the rate on annual plans',
            due: '2026-02-20',
            state: 'done',
            program: 'kartra',
            campaign: null,
            link: null,
            done_on: '2026-02-20',
          },
        ]
      : [],
  };
  book.kept.notebook = made;
  return made;
}

/** Changes what this area keeps as one step: the book before keeps its own. */
function change<T>(label: string, run: (all: Kept) => T): T {
  const before = structuredClone(kept(open()));
  return edit(label, (book) => {
    book.kept = { ...book.kept, notebook: before };
    return run(before);
  });
}

function find<T>(rows: T[], fits: (row: T) => boolean, noun: string, id: string): T {
  return rows.find(fits) ?? refuse(`${noun}.unknown`, `There is no ${noun} “${id}”.`);
}

const named = (id: string) => (row: SwipeDetail) => row.swipe.id === id || row.swipe.title === id;

function add(row: SwipeDetail, words: { subject: string; body: string; image: string | null }) {
  const { swipe: now } = row;
  if (
    row.versions[0] &&
    now.subject === words.subject &&
    now.body === words.body &&
    now.image === words.image
  )
    return;
  const number = row.versions.length + 1;
  Object.assign(now, words, { version: number, saved_at: `${TODAY}T10:00:00Z` });
  row.versions = [{ number, saved_at: now.saved_at, ...words }, ...row.versions];
}

export const notebook: Handlers = {
  swipe_list: (input) =>
    page(
      kept(open())
        .swipes.map((row) => row.swipe)
        .filter(
          (row) =>
            (input.archived || !row.archived) &&
            has(input.search, row.title, row.body, row.subject, row.tags.join(' ')),
        ),
      input,
    ),
  swipe_show: ({ id }) => find(kept(open()).swipes, named(id), 'swipe', id),
  swipe_save: (input) =>
    change(input.id ? 'Swipe changed' : `Added the swipe “${input.title}”`, (all) => {
      let row = input.id ? find(all.swipes, named(input.id), 'swipe', input.id) : null;
      if (!row) {
        row = swipe({
          id: `sw-${all.swipes.length + 1}`,
          title: input.title ?? '',
          kind: input.kind ?? 'text',
        });
        row.versions = [];
        all.swipes.unshift(row);
      }
      const { swipe: now } = row;
      add(row, {
        subject: input.subject ?? now.subject,
        body: input.body ?? now.body,
        image: input.image ? 'abc' : now.image,
      });
      now.title = input.title ?? now.title;
      now.note = input.note ?? now.note;
      now.tags = input.tags ?? now.tags;
      now.archived = input.archived ?? now.archived;
      if (input.program !== null) now.program = input.program || null;
      if (input.links) {
        const codes = input.links;
        row.published = open()
          .links.filter((link) => codes.includes(link.code))
          .map(({ code, label, channel }) => ({ code, label, channel }));
        now.links = row.published.length;
      }
      return row;
    }),
  swipe_restore: ({ id, number }) =>
    change(`Went back to version ${number}`, (all) => {
      const row = find(all.swipes, named(id), 'swipe', id);
      const { subject, body, image } = find(
        row.versions,
        (one) => one.number === number,
        'version',
        String(number),
      );
      add(row, { subject, body, image });
      return row;
    }),
  swipe_remove: ({ id }) =>
    change('Took out a swipe', (all) => {
      all.swipes = all.swipes.filter((row) => !named(id)(row));
      return {};
    }),
  swipe_fill: (input) => {
    const { swipe: row } = find(kept(open()).swipes, named(input.id), 'swipe', input.id);
    const link = open().links.find((one) => one.code === input.link);
    if (input.link && !link) return refuse('link.unknown', `There is no link “${input.link}”.`);
    const values: Record<string, string | undefined> = {
      disclosure: input.length === 'label' ? '#ad' : 'I earn a commission if you buy through my links.',
      program: 'Kartra',
      link: link?.url,
      channel: link?.channel,
      ...input.values,
    };
    const unfilled = new Set<string>();
    const unknown = new Set<string>();
    const put = (text: string) =>
      text.replaceAll(/\{([a-z_]+)\}/g, (whole, name: string) => {
        const value = values[name];
        if (value) return value;
        (['link', 'name', 'campaign', 'channel'].includes(name) ? unfilled : unknown).add(name);
        return whole;
      });
    const [subject, text] = [put(row.subject), put(row.body)];
    const finding: FindingDto = {
      rule: 'disclosure-missing',
      severity: 'error',
      message: 'Nothing before the link says that you are paid.',
      span: null,
      fix: 'Put “I earn a commission if you buy through my links.” before it.',
      source: 'FTC 16 CFR 255.5',
    };
    return {
      subject,
      text,
      unfilled: [...unfilled],
      unknown: [...unknown],
      warnings: [],
      findings: link && !row.body.includes('{disclosure}') ? [finding] : [],
      channel: 'blog',
      language: 'en',
    };
  },
  swipe_image: () => ({ media: 'image/png', content: PIXEL }),
  swipe_compare: (input) => {
    const side = (id: string, clicks: number | null, referrals: number) => {
      const row = find(kept(open()).swipes, named(id), 'swipe', id);
      const known = clicks ?? 412;
      return {
        name: row.swipe.title,
        links: row.published.map(({ code }) => code),
        clicks: known,
        referrals,
        percent: ((100 * referrals) / known).toFixed(2),
      };
    };
    const [a, b] = [side(input.a, input.clicks_a, 14), side(input.b, input.clicks_b, 9)];
    return {
      a,
      b,
      difference: '1.21',
      low: '-1.17',
      high: '3.71',
      verdict: 'open',
      sentence:
        'Not enough to tell: the difference lies between -1.17 and 3.71 percentage points, and either may be the better one.',
    };
  },
  notebook_list: (input) =>
    page(
      kept(open())
        .entries.filter(({ entry: row, body }) =>
          has(input.search, row.title, row.sender, body, row.tags.join(' ')),
        )
        .map((row) => row.entry)
        .sort((a, b) => b.on.localeCompare(a.on)),
      input,
    ),
  notebook_show: ({ id }) => find(kept(open()).entries, (row) => row.entry.id === id, 'entry', id),
  notebook_save: (input) =>
    change(input.id ? 'Entry changed' : 'Noted an announcement', (all) => {
      let row = input.id ? find(all.entries, (one) => one.entry.id === input.id, 'entry', input.id) : null;
      if (!row) {
        row = entry(`en-${all.entries.length + 1}`, TODAY, '', '');
        all.entries.unshift(row);
      }
      row.body = input.body ?? row.body;
      Object.assign(row.entry, {
        program: input.program || row.entry.program,
        on: input.on ?? row.entry.on,
        title: input.title || row.body.split('\n')[0] || '',
        sender: input.sender ?? row.entry.sender,
        tags: input.tags ?? row.entry.tags,
        terms_version: input.terms_version || null,
        swipe: input.swipe || null,
        campaign: input.campaign || null,
        excerpt: row.body.slice(0, 200),
      });
      return row;
    }),
  notebook_import: ({ path, program }) => {
    if (!program && path.includes('agency'))
      return refuse('mail.which_program', 'Nobody can tell from the sender which program this mail is from.');
    return change('Took in a mail', (all) => {
      const row = entry(
        `en-${all.entries.length + 1}`,
        TODAY,
        'New commission on annual plans',
        'From April it is 30 % in the first year.',
        {
          sender: 'Mia Lindqvist <mia@partners.kartra.example>',
          origin: 'mail',
          program: program ?? 'kartra',
        },
      );
      all.entries.unshift(row);
      return row;
    });
  },
  notebook_remove: ({ id }) =>
    change('Took out an entry', (all) => {
      all.entries = all.entries.filter((row) => row.entry.id !== id);
      return {};
    }),
  contact_list: (input) =>
    page(
      kept(open()).contacts.filter((row) => has(input.search, row.name, row.mail, row.role, row.note)),
      {},
    ),
  contact_save: (input) =>
    change(`Contact ${input.name}`, (all) => {
      const before = all.contacts.find((row) => row.id === input.id);
      const row: ContactDto = {
        id: before?.id ?? `ct-${all.contacts.length + 1}`,
        program: input.program ?? 'kartra',
        name: input.name ?? '',
        mail: input.mail ?? '',
        role: input.role ?? '',
        note: input.note ?? '',
      };
      all.contacts = before
        ? all.contacts.map((one) => (one.id === row.id ? row : one))
        : [...all.contacts, row];
      return row;
    }),
  contact_remove: ({ id }) =>
    change('Took out a contact', (all) => {
      all.contacts = all.contacts.filter((row) => row.id !== id);
      return {};
    }),
  reminder_list: (input) =>
    page(
      kept(open()).reminders.filter(
        (row) => (input.done || row.state !== 'done') && has(input.search, row.text),
      ),
      {},
    ),
  reminder_save: (input) =>
    change('Reminder', (all) => {
      const before = all.reminders.find((row) => row.id === input.id);
      const due = input.due ?? before?.due ?? TODAY;
      const done = input.done === null ? before?.state === 'done' : input.done;
      const row: ReminderDto = {
        id: before?.id ?? `re-${all.reminders.length + 1}`,
        text: input.text ?? before?.text ?? '',
        due,
        state: done ? 'done' : due <= TODAY ? 'due' : 'later',
        program: (input.program ?? before?.program) || null,
        campaign: (input.campaign ?? before?.campaign) || null,
        link: (input.link ?? before?.link) || null,
        done_on: done ? TODAY : null,
      };
      all.reminders = before
        ? all.reminders.map((one) => (one.id === row.id ? row : one))
        : [...all.reminders, row];
      return row;
    }),
  reminder_remove: ({ id }) =>
    change('Took out a reminder', (all) => {
      all.reminders = all.reminders.filter((row) => row.id !== id);
      return {};
    }),
};
