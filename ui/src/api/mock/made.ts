/** Made-up channels, campaigns and links. The numbers come from a seed, so every run shows the same. */
import type { CampaignRow, ChannelDto, LinkDto, LogEntryDto } from '../bindings';

export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export const KINDS: [string, string][] = [
  ['blog', 'Blog'],
  ['email', 'Email'],
  ['youtube', 'YouTube'],
  ['quora', 'Quora'],
  ['reddit', 'Reddit'],
  ['social', 'Social media'],
  ['facebook-group', 'Facebook group'],
  ['facebook-ads', 'Facebook Ads'],
  ['google-ads', 'Google Ads'],
  ['funnel', 'Funnel'],
  ['personal', 'Personal'],
  ['other', 'Other'],
];

const NAMES = [
  'Blog',
  'Newsletter',
  'YouTube',
  'Quora answers',
  'r/marketing',
  'Instagram',
  'Funnel builders group',
  'Facebook Ads',
  'Google Ads',
  'Webinar funnel',
];

export function makeChannels(): ChannelDto[] {
  return NAMES.map((name, index) => {
    const [kind, kind_label] = KINDS[index] ?? ['other', 'Other'];
    return { id: `ch-${index}`, name, kind, kind_label, archived: false };
  });
}

const usd = (amount: string) => ({ amount, currency: 'USD' });

export function makeCampaigns(): { rows: CampaignRow[]; logs: Map<string, LogEntryDto[]> } {
  const row = (
    index: number,
    name: string,
    channels: string[],
    starts_on: string,
    ends_on: string | null,
    goal: string,
    money: [string, string, string, string | null] | null,
    more: Partial<CampaignRow['results']> = {},
  ): CampaignRow => ({
    id: `cp-${index}`,
    name,
    channels,
    starts_on,
    ends_on,
    goal,
    budget: money ? usd('500') : null,
    results: {
      links: 5,
      clicks: money ? 1840 : null,
      referrals: 23,
      entries: 4,
      minutes: 340,
      money: money
        ? [
            {
              currency: 'USD',
              commission: money[0],
              spend: money[1],
              profit: money[2],
              epc: money[3],
              to_come: '1240.00',
              profit_with_to_come: (Number(money[2]) + 1240).toFixed(2),
            },
          ]
        : [],
      ...more,
    },
    archived: false,
    revision: 1,
  });
  const rows = [
    row(
      1,
      'Spring launch',
      ['Blog', 'Newsletter', 'YouTube'],
      '2026-02-15',
      '2026-04-15',
      '20 new trials from the funnel course',
      ['1274.40', '310.00', '964.40', '0.6926'],
    ),
    row(
      2,
      'Webinar: funnels in a day',
      ['Webinar funnel', 'Facebook Ads'],
      '2026-01-10',
      '2026-02-10',
      'Fill the webinar with 150 people',
      ['438.20', '620.00', '-181.80', '0.3109'],
      { referrals: 8, minutes: 920, entries: 9 },
    ),
    row(
      3,
      'Evergreen Quora answers',
      ['Quora answers', 'r/marketing'],
      '2025-06-01',
      null,
      'Two good answers a week',
      ['2120.60', '0.00', '2120.60', null],
      { clicks: null, referrals: 41, minutes: 2160, entries: 38 },
    ),
    row(4, 'حملة الربيع للمسوقين بالعمولة', ['Instagram'], '2026-03-01', null, 'تجربة باللغة العربية', null, {
      referrals: 0,
      links: 1,
      entries: 1,
      minutes: 25,
    }),
  ];
  const logs = new Map<string, LogEntryDto[]>();
  logs.set('cp-1', [
    {
      id: 'l-4',
      on: '2026-03-08',
      what: 'Second mail to the list: the case study',
      channel: 'Newsletter',
      url: null,
      spend: null,
      minutes: 60,
    },
    {
      id: 'l-3',
      on: '2026-03-02',
      what: 'Boosted the video',
      channel: 'YouTube',
      url: 'https://www.youtube.com/watch?v=x1',
      spend: usd('310.00'),
      minutes: 20,
    },
    {
      id: 'l-2',
      on: '2026-02-20',
      what: 'Published “Five funnels that sell while you sleep”',
      channel: 'Blog',
      url: 'https://ana.example/five-funnels',
      spend: null,
      minutes: 200,
    },
    {
      id: 'l-1',
      on: '2026-02-15',
      what: 'Announced the launch',
      channel: 'Newsletter',
      url: null,
      spend: null,
      minutes: 60,
    },
  ]);
  return { rows, logs };
}

export function makeLinks(count: number): LinkDto[] {
  const next = random(7);
  const channels = makeChannels();
  const campaigns = ['Spring launch', 'Webinar: funnels in a day', 'Evergreen Quora answers', null];
  const labels = [
    'Header button',
    'Sidebar',
    'First paragraph',
    'Video description',
    'P.S.',
    'Pinned comment',
    'A remarkably long label that somebody wrote to remember exactly where in the article this link stands',
    'رابط في الوصف',
    '',
  ];
  return Array.from({ length: count }, (_, index) => {
    const channel = channels[Math.floor(next() * channels.length)] ?? channels[0];
    const code = (index + 46656).toString(36).padStart(5, '0');
    const referrals = Math.floor(next() ** 3 * 30);
    const kind = channel?.kind ?? 'other';
    return {
      id: `ln-${index}`,
      code,
      url: `https://try.kartra.com/ana?sid=${code}&sid1=${kind}&utm_source=${kind}&utm_medium=affiliate`,
      program: index % 9 === 8 ? 'courseforge' : 'kartra',
      destination: index % 4 === 3 ? 'Trial page' : 'Main page',
      channel: channel?.name ?? '',
      channel_kind: kind,
      campaign: campaigns[Math.floor(next() * campaigns.length)] ?? null,
      label: labels[Math.floor(next() * labels.length)] ?? '',
      sub_ids: [code, kind],
      note: '',
      archived: false,
      created_at: new Date(Date.UTC(2026, 2, 10, 8) - index * 5_400_000).toISOString(),
      referrals,
      earned: referrals ? [usd((referrals * 79.6).toFixed(2))] : [],
      tags: [index % 3 === 0 ? 'evergreen' : '', index % 7 === 0 ? 'video' : ''].filter(Boolean),
      folder: index % 5 === 0 ? 'Launches' : '',
      expires_on: index % 11 === 10 ? '2026-02-28' : null,
      expired: index % 11 === 10,
      state:
        (['healthy', 'unverifiable', 'healthy', 'unchecked', 'expected', 'healthy', 'broken'] as const)[
          index % 7
        ] ?? 'healthy',
      failures: index % 7 === 6 ? 3 : index % 23 === 22 ? 1 : 0,
      checked_at: index % 7 === 3 ? null : '2026-03-10T07:30:00Z',
      revision: 1,
    };
  });
}
