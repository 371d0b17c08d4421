/** Two made-up programs: one like Kartra's with its contradictions, one of the user's own. */
import type { PlanDto, ProgramDetail, ProgramRow, TermsDto } from '../bindings';

const usd = (amount: string) => ({ amount, currency: 'USD' });

function plans(version: string, list: [string, string, string][]): PlanDto[] {
  return list.map(([name, term, price], index) => ({
    id: `${version}/${name.toLowerCase()}-${term}`,
    version,
    name,
    term,
    tier: Math.floor(index / 2) + 1,
    price: usd(price),
    direct: usd(((Number(price) * 40) / 100).toFixed(2)),
    second_tier: usd((Number(price) / 10).toFixed(2)),
  }));
}

const PLANS_2021 = plans('2021', [
  ['Starter', 'monthly', '99'],
  ['Starter', 'annual', '948'],
  ['Silver', 'monthly', '199'],
  ['Silver', 'annual', '1788'],
  ['Gold', 'monthly', '299'],
  ['Gold', 'annual', '2748'],
  ['Platinum', 'monthly', '499'],
  ['Platinum', 'annual', '4548'],
]);
const PLANS_2026 = plans('2026', [
  ['Essentials', 'monthly', '59'],
  ['Essentials', 'annual', '624'],
  ['Starter', 'monthly', '119'],
  ['Starter', 'annual', '1188'],
  ['Growth', 'monthly', '229'],
  ['Growth', 'annual', '2268'],
  ['Professional', 'monthly', '549'],
  ['Professional', 'annual', '5148'],
]);

function row(change: Partial<ProgramRow>): ProgramRow {
  return {
    id: 'kartra',
    uid: 'p-1',
    name: 'Kartra',
    network: 'PartnerStack',
    website: 'https://kartra.com',
    builtin: true,
    identity: null,
    joining: null,
    direct_rate: '40%',
    second_tier_rate: '10%',
    undecided: 3,
    archived: false,
    revision: 1,
    ...change,
  };
}

function terms(program: string, list: PlanDto[], own: boolean): TermsDto {
  const source = (value: string, from: string) => ({
    value,
    from,
    version: own ? 'own 2026-01-01' : '2021',
    source: own ? 'My dashboard' : 'An undated review with the commission table',
    own,
  });
  return {
    program,
    on: '2026-03-10',
    currency: 'USD',
    direct_rate: '40%',
    second_tier_rate: '10%',
    second_tier_base: 'price',
    max_months: null,
    cookie_days: 30,
    trial_days: 14,
    hold_days: 45,
    minimum: usd('100'),
    run_day: 15,
    plan_version: '2021',
    plans: list,
    sales_tier: null,
    sources: {
      direct_rate: source('40%', '2021-04-01'),
      hold_days: source('45', own ? '2026-01-01' : '2021-04-01'),
      minimum: source('100', '2021-04-01'),
      cookie_days: source('30', '2021-04-01'),
    },
  };
}

export function makePrograms(full: boolean): ProgramDetail[] {
  const kartra: ProgramDetail = {
    program: row({
      identity: full ? 'ana' : 'ana',
      joining: full ? 'approved' : null,
      undecided: full ? 2 : 3,
    }),
    terms: terms('kartra', PLANS_2021, full),
    versions: [
      {
        from: '2021-04-01',
        version: '2021',
        source: 'An article of April 2021 and an undated review',
        note: 'The prices and rates of the commission table.',
        own: false,
        values: {
          direct_rate: '40%',
          second_tier_rate: '10%',
          cookie_days: '30',
          trial_days: '14',
          hold_days: '45',
          minimum: '100.00',
          run_day: '15',
          plan_version: '2021',
        },
      },
      ...(full
        ? [
            {
              from: '2026-01-01',
              version: 'own 2026-01-01',
              source: 'My dashboard',
              note: '',
              own: true,
              values: { hold_days: '45' },
            },
          ]
        : []),
    ],
    plan_sets: [
      { version: '2021', source: 'An article of April 2021 and an undated review', plans: PLANS_2021 },
      { version: '2026', source: 'A third party’s copy of the pricing page', plans: PLANS_2026 },
    ],
    claims: [
      {
        key: 'hold_days',
        label: 'Hold',
        current: '45 days',
        decided: full,
        says: [
          {
            value: '45',
            says: 'Counts when the trial rebills at full price and 45 days have passed',
            source: 'Kartra’s own page',
          },
          {
            value: '30',
            says: '30 days, cash-out about the 13th to 15th of the month after',
            source: 'Genesis Digital on PartnerStack',
          },
        ],
      },
      {
        key: 'max_months',
        label: 'How long a referral earns',
        current: 'for life',
        decided: false,
        says: [
          {
            value: 'lifetime',
            says: 'For life, and more when the referral upgrades',
            source: 'Article of 2021',
          },
          { value: '12', says: 'Up to 12 months a referral', source: 'Genesis Digital on PartnerStack' },
        ],
      },
      {
        key: 'minimum',
        label: 'Smallest payout',
        current: '100.00 USD',
        decided: false,
        says: [
          { value: '100.00', says: '100', source: 'Article of 2021' },
          { value: '5.00', says: '5', source: 'PartnerStack' },
          { value: '25.00', says: '25', source: 'A review' },
        ],
      },
    ],
    joining: full
      ? [
          { step: 'applied', on: '2025-05-02', terms_version: null, note: '' },
          { step: 'terms_accepted', on: '2025-05-02', terms_version: '2021', note: '' },
          { step: 'questionnaire', on: '2025-05-03', terms_version: null, note: 'Blog, mail and video' },
          { step: 'approved', on: '2025-05-09', terms_version: null, note: '' },
        ]
      : [],
    destinations: [
      {
        id: 'd-1',
        name: 'Main page',
        kind: 'main',
        url: 'https://try.kartra.com/{identity}',
        archived: false,
      },
      {
        id: 'd-2',
        name: 'Trial page',
        kind: 'trial',
        url: 'https://try.kartra.com/{identity}/trial',
        archived: false,
      },
    ],
    link_style: {
      hosts: ['try.kartra.com', '.krtra.com', 'kartra.com'],
      tracking_hosts: ['try.kartra.com', '.krtra.com'],
      identity_param: null,
      sub_ids: [
        { param: 'sid', template: '{link}', allowed: [] },
        { param: 'sid1', template: '{kind}', allowed: [] },
      ],
      utm: [
        { param: 'utm_source', template: '{channel}', allowed: [] },
        { param: 'utm_medium', template: 'affiliate', allowed: [] },
      ],
    },
  };
  if (!full) return [kartra];
  const own = plans('own', [
    ['Solo', 'monthly', '49'],
    ['Team', 'monthly', '149'],
  ]);
  return [
    kartra,
    {
      ...kartra,
      program: row({
        id: 'courseforge',
        uid: 'p-2',
        name: 'CourseForge Partner Program for Independent Educators',
        network: null,
        website: 'https://courseforge.example',
        builtin: false,
        identity: 'ana-7',
        joining: 'waiting',
        direct_rate: '25.00 USD',
        second_tier_rate: null,
        undecided: 0,
      }),
      terms: {
        ...terms('courseforge', own, true),
        direct_rate: '25.00 USD',
        second_tier_rate: null,
        max_months: 12,
      },
      plan_sets: [{ version: 'own', source: 'My own', plans: own }],
      claims: [],
      joining: [
        { step: 'applied', on: '2026-02-20', terms_version: null, note: '' },
        { step: 'waiting', on: '2026-02-21', terms_version: null, note: 'They answer within two weeks' },
      ],
      destinations: [
        {
          id: 'd-9',
          name: 'Home',
          kind: 'main',
          url: 'https://courseforge.example/?ref={identity}',
          archived: false,
        },
      ],
    },
  ];
}
