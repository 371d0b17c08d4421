/** A program written down as the document the built-in programs are written in. */
import { typed } from '$/lib/amount';

export interface DraftPlan {
  name: string;
  term: 'monthly' | 'annual';
  price: string;
}

/** A term that the form does not ask for itself, as the terms editor writes it. */
export interface DraftTerm {
  key: string;
  value: string;
}

/** Terms that the form asks for itself. */
export const IN_FORM = [
  'currency',
  'direct_rate',
  'second_tier_rate',
  'max_months',
  'cookie_days',
  'trial_days',
  'hold_days',
  'minimum',
  'run_day',
  'plan_version',
];

export interface Draft {
  name: string;
  website: string;
  /** Address of the main page; `{identity}` stands for the affiliate's code. */
  url: string;
  from: string;
  currency: string;
  direct: string;
  secondTier: string;
  /** Empty for life. */
  maxMonths: string;
  cookieDays: string;
  trialDays: string;
  holdDays: string;
  minimum: string;
  runDay: string;
  plans: DraftPlan[];
  more: DraftTerm[];
}

/** A short name for files and commands: lower case, digits and hyphens. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 40) || 'program';
}

/** A TOML basic string. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

function host(url: string): string | null {
  try {
    return new URL(url.replaceAll('{identity}', 'x')).hostname || null;
  } catch {
    return null;
  }
}

/** The document. What does not fit is left as typed, so that the application can say what is wrong with it. */
export function document(draft: Draft): string {
  const value = (name: string, text: string) => `${name} = ${quoted(text.trim())}`;
  const plans = draft.plans.filter((plan) => plan.name.trim() || plan.price.trim());
  const site = host(draft.url);
  const more = draft.more.filter((term) => term.value.trim());
  const base = more.some((term) => term.key === 'second_tier_base');
  const tiers = [...new Set(plans.map((plan) => plan.name.trim()))];
  const lines = [
    value('slug', slug(draft.name)),
    value('name', draft.name),
    ...(draft.website.trim() ? [value('website', draft.website)] : []),
    '',
    '[links]',
    `hosts = [${site ? quoted(site) : ''}]`,
    'sub_ids = [{ param = "sid1", template = "{channel}" }, { param = "sid2", template = "{link}" }]',
    '',
    '[[destinations]]',
    'name = "Main page"',
    'kind = "main"',
    value('url', draft.url),
    '',
    '[[terms]]',
    value('from', draft.from),
    'version = "own"',
    'source = "My own"',
    '',
    '[terms.values]',
    value('currency', draft.currency.toUpperCase()),
    value('direct_rate', draft.direct),
    ...(draft.secondTier.trim()
      ? [value('second_tier_rate', draft.secondTier), ...(base ? [] : ['second_tier_base = "price"'])]
      : []),
    value('max_months', draft.maxMonths.trim() || 'lifetime'),
    value('cookie_days', draft.cookieDays),
    value('trial_days', draft.trialDays),
    value('hold_days', draft.holdDays),
    value('minimum', typed(draft.minimum) ?? draft.minimum),
    value('run_day', draft.runDay),
    ...more.map((term) => value(term.key, term.value)),
  ];
  if (plans.length) {
    lines.push(
      'plan_version = "own"',
      '',
      '[[plan_sets]]',
      'version = "own"',
      'source = "My own"',
      value('currency', draft.currency.toUpperCase()),
      'plans = [',
      ...plans.map(
        (plan) =>
          `    { key = ${quoted(`${slug(plan.name)}-${plan.term}`)}, name = ${quoted(plan.name.trim())}, term = ${quoted(plan.term)}, tier = ${tiers.indexOf(plan.name.trim())}, price = ${quoted(typed(plan.price) ?? plan.price.trim())} },`,
      ),
      ']',
    );
  }
  return `${lines.join('\n')}\n`;
}
