/** Answers about the health of links, the places that hold them, templates, rules and other tools' files. */
import type {
  Clicks,
  ClicksOn,
  IdRuleDto,
  LinkCheckSettings,
  LinkDto,
  LinkHealth,
  PlacementDto,
  TemplateDto,
} from '../bindings';
import type { Handlers } from '.';
import { edit, open, page, refuse } from './state';

const AT = '2026-03-10T08:30:00Z';
let settings: LinkCheckSettings = { every_hours: null, tracked: [] };
let places: PlacementDto[] = [];
let templates: TemplateDto[] = [];
let rules: IdRuleDto[] = [];
const accepted = new Set<string>();
let clicks: Record<string, ClicksOn[]> = {};

function find(id: string): LinkDto {
  return (
    open().links.find((link) => link.id === id || link.code === id) ??
    refuse('link.unknown', 'There is no such link.')
  );
}

function clicksOf(id: string | null): Clicks {
  const link = find(id ?? '');
  const days = clicks[link.id] ?? [];
  return {
    link: link.id,
    code: link.code,
    days: [...days].sort((a, b) => b.on.localeCompare(a.on)),
    total: days.reduce((sum, day) => sum + day.clicks, 0),
    referrals: link.referrals,
  };
}

const SAYS: Record<string, string> = {
  unchecked: 'It was not checked yet.',
  healthy: 'It leads where it should.',
  expected: 'The site keeps programs out (status 403), so only a person can tell.',
  unverifiable: 'Only your tracked address leads there, and asking it could count as a click of your own.',
  broken: 'The page is gone (status 404).',
};

function health(link: LinkDto): LinkHealth {
  const failed = link.failures > 0;
  const state = accepted.has(link.id) ? 'expected' : link.state;
  const asked = state === 'unverifiable' ? null : (link.url.split('?')[0] ?? link.url);
  return {
    id: link.id,
    code: link.code,
    state,
    failures: state === 'expected' ? 0 : link.failures,
    failing_since: failed ? AT : null,
    checked_at: link.checked_at,
    asked,
    status: failed ? 404 : asked ? 200 : null,
    final_host: asked ? new URL(asked).host : null,
    problems: failed ? [{ kind: 'gone', detail: '404', message: 'The page is gone (status 404).' }] : [],
    says: failed ? 'The page is gone (status 404).' : (SAYS[state] ?? ''),
    accepted_on: accepted.has(link.id) ? '2026-03-10' : null,
    tracked_allowed: settings.tracked.includes(link.program),
    checks: link.checked_at
      ? [
          {
            first_at: '2026-03-08T08:30:00Z',
            last_at: link.checked_at,
            times: 3,
            chain: asked ? [asked] : [],
            says: failed ? 'The page is gone (status 404).' : (SAYS[state] ?? ''),
          },
        ]
      : [],
    places: places.filter((place) => place.link === link.code && place.until === null),
  };
}

export const linkCare: Handlers = {
  link_health: ({ id }) => health(find(id)),
  link_check: ({ ids }) => {
    const links = open().links.filter((link) => !link.archived && (!ids.length || ids.includes(link.id)));
    for (const link of links) {
      link.checked_at = AT;
      if (link.state === 'unchecked') link.state = 'unverifiable';
    }
    const of = (state: string) => links.filter((link) => link.state === state).length;
    return {
      checked: links.length,
      healthy: of('healthy'),
      expected: of('expected'),
      unverifiable: of('unverifiable'),
      broken: of('broken'),
      failing: links.filter((link) => link.failures > 0 && link.state !== 'broken').length,
      requests: 0,
      stopped: false,
      items: [],
    };
  },
  link_accept: ({ id, accept }) => {
    if (accept) accepted.add(id);
    else accepted.delete(id);
    return health(find(id));
  },
  link_digest: () => {
    const links = open().links.filter((link) => !link.archived);
    const of = (state: string) => links.filter((link) => link.state === state).length;
    return {
      links: links.length,
      healthy: of('healthy'),
      expected: of('expected'),
      unverifiable: of('unverifiable'),
      unchecked: of('unchecked'),
      broken: of('broken'),
      failing: links.filter((link) => link.failures > 0 && link.state !== 'broken').length,
      to_replace: places.filter((place) => place.replace).length,
      checked_at: AT,
      next_at: null,
    };
  },
  link_check_settings: () => settings,
  link_check_set: (input) => {
    settings = input;
    return settings;
  },
  click_list: ({ link }) => clicksOf(link),
  click_save: (input) => {
    const { link, days } = clicksOf(input.link);
    const on = input.on ?? '2026-03-10';
    if (on > '2026-03-10') refuse('click.still_to_come', `${on} is still to come, so nobody clicked on it.`);
    const earlier = days.filter((day) => day.on < on).reduce((sum, day) => sum + day.clicks, 0);
    const many = input.so_far ? input.clicks - earlier : input.clicks;
    if (many < 0)
      refuse('click.less', `${input.clicks} in all are fewer than the ${earlier} noted for earlier days.`);
    return edit('Noted clicks', () => {
      clicks = { ...clicks, [link]: [...days.filter((day) => day.on !== on), { on, clicks: many }] };
      return clicksOf(link);
    });
  },
  click_remove: ({ link, on }) =>
    edit('Took out clicks', () => {
      clicks = { ...clicks, [link]: clicksOf(link).days.filter((day) => day.on !== on) };
      return clicksOf(link);
    }),
  placement_list: (input) => page(places, input),
  placement_save: (input) =>
    edit('Place noted', () => {
      const link = find(input.link ?? '');
      const place: PlacementDto = {
        id: `pl-${places.length}`,
        link: link.code,
        label: link.label,
        channel: link.channel,
        url: link.url,
        kind: input.kind ?? 'page',
        place: input.place ?? '',
        since: '2026-03-10',
        until: null,
        note: '',
        replace: link.archived ? 'archived' : link.state === 'broken' ? 'broken' : null,
      };
      places = [place, ...places];
      return place;
    }),
  placement_done: ({ id }) =>
    edit('Place changed', () => {
      places = places.map((place) =>
        place.id === id ? { ...place, until: '2026-03-10', replace: null } : place,
      );
      return (
        places.find((place) => place.id === id) ?? refuse('placement.unknown', 'There is no such place.')
      );
    }),
  link_template_list: (input) => page(templates, input),
  link_template_start: ({ program, channel }) => ({
    id: 'new',
    program,
    channel,
    sub_ids: [
      { param: 'sid1', template: '{channel}', allowed: [] },
      { param: 'sid2', template: '{link}', allowed: [] },
    ],
    utm: channel ? [{ param: 'utm_source', template: '{channel}', allowed: [] }] : [],
    naming: {
      label_required: false,
      campaign_required: false,
      label_plain: false,
      label_max: null,
      label_begins: [],
    },
  }),
  link_template_preview: (input) => {
    const filled = [...input.sub_ids, ...input.utm].map((slot) => ({
      param: slot.param,
      value: slot.template
        .replace('{channel}', (input.channel ?? 'my-channel').toLowerCase())
        .replace('{link}', 'k3f9x2ab')
        .replace('{label}', input.label),
      place: slot.param.startsWith('utm_') ? 'analytics' : 'report',
    }));
    const query = filled.map((row) => `${row.param}=${encodeURIComponent(row.value)}`).join('&');
    return {
      url: `https://try.kartra.com/anna?${query}`,
      shows: filled,
      refused: input.naming.label_required && !input.label ? 'Links of this channel need a label.' : null,
    };
  },
  link_template_save: (input) =>
    edit('Template saved', () => {
      const made: TemplateDto = {
        id: `tp-${templates.length}`,
        program: input.program,
        channel: input.channel,
        sub_ids: input.sub_ids,
        utm: input.utm,
        naming: input.naming,
      };
      templates = [...templates, made];
      return made;
    }),
  link_template_remove: ({ id }) => {
    templates = templates.filter((row) => row.id !== id);
    return {};
  },
  id_rule_list: () => ({
    items: rules,
    next: null,
    unassigned: open().links.length
      ? [
          { sub_ids: ['yt-01'], rows: 12 },
          { sub_ids: ['fb-group', 'spring'], rows: 3 },
        ]
      : [],
  }),
  id_rule_add: (input) =>
    edit('Rule made', () => {
      const rule: IdRuleDto = {
        id: `rl-${rules.length}`,
        pattern: input.pattern,
        program: input.program,
        link: 'r1',
        channel: input.channel,
        campaign: input.campaign,
        rows: 12,
      };
      rules = [...rules, rule];
      return rule;
    }),
  id_rule_remove: ({ id }) => {
    rules = rules.filter((rule) => rule.id !== id);
    return {};
  },
  link_file: () => ({
    header: ['id', 'url', 'slug', 'name', 'redirect_type', 'track_me'],
    rows: [
      ['1', 'https://try.kartra.com/anna?sid1=blog', 'kartra', 'Kartra review', '301', '1'],
      ['2', 'https://try.kartra.com/anna?sid1=email', 'kartra-mail', 'Welcome mail', '301', '1'],
    ],
    source: 'pretty-links',
    columns: {
      address: 'url',
      label: 'name',
      short: 'slug',
      tags: null,
      folder: null,
      note: null,
      channel: null,
    },
  }),
  link_import: ({ dry_run }) => {
    const done = {
      read: 40,
      new: 38,
      same: 1,
      refused: [
        { line: 7, column: 'url', reason: 'elsewhere.example belongs to no program of the book.', text: '' },
      ],
      dry_run,
      source: 'pretty-links',
      sample: open().links.slice(0, 3),
    };
    return dry_run ? done : edit('38 links imported', () => done);
  },
  compliance_keywords: ({ text, path }) => {
    const lines = (path ? 'kartra pricing' : text).split('\n');
    const hits = lines.flatMap((keyword, index) =>
      /kartra/i.test(keyword) ? [{ keyword, line: index + 1 }] : [],
    );
    return {
      findings: hits.map(({ keyword, line }) => ({
        rule: 'brand-keyword',
        severity: 'error',
        message: `“${keyword}” bids on the brand.`,
        span: null,
        fix: 'Take it out of the list, or add it as a negative keyword.',
        source: 'Kartra affiliate terms',
        where: { line },
        keyword,
      })),
      negatives: hits.length ? ['kartra', 'kartra.com', '"kartra"', '[kartra]'] : [],
      lines: lines.filter((line) => line.trim()).length,
      written: [],
      copy: null,
    };
  },
};
