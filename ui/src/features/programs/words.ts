/** What a program's terms say, in words. */
import type { TermsDto } from '$/api/bindings';
import { date, type Formats, money } from '$/lib/format';
import type { Term } from '$/lib/glossary';
import { m } from '$/paraglide/messages.js';

export const STEPS = [
  'applied',
  'terms_accepted',
  'questionnaire',
  'waiting',
  'approved',
  'declined',
] as const;

const steps: Record<string, () => string> = {
  applied: m.step_applied,
  terms_accepted: m.step_terms_accepted,
  questionnaire: m.step_questionnaire,
  waiting: m.step_waiting,
  approved: m.step_approved,
  declined: m.step_declined,
};

export function stepName(step: string): string {
  return steps[step]?.() ?? step;
}

export interface TermWords {
  key: string;
  label: () => string;
  /** What it means and how it is written. */
  help: () => string;
  term?: Term;
  example: string;
  /** The only values there are. */
  choices?: string[];
}

/** Every term a user may set. */
export const TERMS: TermWords[] = [
  {
    key: 'direct_rate',
    label: m.term_direct_rate,
    help: m.term_help_direct_rate,
    term: 'commission',
    example: '40%',
  },
  {
    key: 'second_tier_rate',
    label: m.term_second_tier_rate,
    help: m.term_help_second_tier_rate,
    term: 'second-tier',
    example: '10%',
  },
  {
    key: 'second_tier_base',
    label: m.term_second_tier_base,
    help: m.term_help_second_tier_base,
    example: 'price',
    choices: ['price', 'commission'],
  },
  {
    key: 'max_months',
    label: m.term_max_months,
    help: m.term_help_max_months,
    example: 'lifetime',
  },
  {
    key: 'cookie_days',
    label: m.term_cookie_days,
    help: m.term_help_cookie_days,
    term: 'cookie',
    example: '30',
  },
  {
    key: 'trial_days',
    label: m.term_trial_days,
    help: m.term_help_trial_days,
    term: 'trial',
    example: '14',
  },
  {
    key: 'hold_days',
    label: m.term_hold_days,
    help: m.term_help_hold_days,
    term: 'hold',
    example: '45',
  },
  {
    key: 'minimum',
    label: m.term_minimum,
    help: m.term_help_minimum,
    term: 'minimum',
    example: '100.00',
  },
  {
    key: 'run_day',
    label: m.term_run_day,
    help: m.term_help_run_day,
    term: 'run-day',
    example: '15',
  },
  {
    key: 'plan_version',
    label: m.term_plan_version,
    help: m.term_help_plan_version,
    example: '2021',
  },
  {
    key: 'currency',
    label: m.word_currency,
    help: m.term_help_currency,
    example: 'USD',
  },
  {
    key: 'plan_rates',
    label: m.term_plan_rates,
    help: m.term_help_plan_rates,
    example: 'starter-monthly=50%; gold-annual=25.00 USD',
  },
  {
    key: 'first_payments',
    label: m.term_first_payments,
    help: m.term_help_first_payments,
    example: '1=100%; 3=50%',
  },
  {
    key: 'sales_tiers',
    label: m.term_sales_tiers,
    help: m.term_help_sales_tiers,
    example: '0=20%; 1000=30%; 10000=40%',
  },
  {
    key: 'level',
    label: m.term_level,
    help: m.term_help_level,
    example: 'vip',
  },
  {
    key: 'level_rates',
    label: m.term_level_rates,
    help: m.term_help_level_rates,
    example: 'vip=50%; standard=40%',
  },
  {
    key: 'trial_price',
    label: m.term_trial_price,
    help: m.term_help_trial_price,
    example: '1.00',
  },
  {
    key: 'trial_rate',
    label: m.term_trial_rate,
    help: m.term_help_trial_rate,
    example: '0%',
  },
  {
    key: 'proration',
    label: m.term_proration,
    help: m.term_help_proration,
    example: 'daily',
    choices: ['none', 'daily'],
  },
  {
    key: 'partial_refund',
    label: m.term_partial_refund,
    help: m.term_help_partial_refund,
    example: 'proportional',
    choices: ['proportional', 'whole'],
  },
  {
    key: 'chargeback_fee',
    label: m.term_chargeback_fee,
    help: m.term_help_chargeback_fee,
    example: '15.00',
  },
  {
    key: 'min_sales',
    label: m.term_min_sales,
    help: m.term_help_min_sales,
    example: '3',
  },
  {
    key: 'split_release',
    label: m.term_split_release,
    help: m.term_help_split_release,
    example: '0=40%; 60=60%',
  },
  {
    key: 'hold_until_day',
    label: m.term_hold_until_day,
    help: m.term_help_hold_until_day,
    example: '15',
  },
  {
    key: 'payout_fee',
    label: m.term_payout_fee,
    help: m.term_help_payout_fee,
    example: '2%',
  },
  {
    key: 'payout_lead_days',
    label: m.term_payout_lead_days,
    help: m.term_help_payout_lead_days,
    example: '5',
  },
];

export function termName(key: string): string {
  return TERMS.find((term) => term.key === key)?.label() ?? key;
}

/** A value as the application writes it ("45", "lifetime"), in words. */
export function valueInWords(key: string, value: string): string {
  switch (key) {
    case 'cookie_days':
    case 'trial_days':
    case 'hold_days':
    case 'payout_lead_days':
      return /^\d+$/.test(value) ? m.days({ count: Number(value) }) : value;
    case 'max_months':
      return value === 'lifetime'
        ? m.for_life()
        : /^\d+$/.test(value)
          ? m.months({ count: Number(value) })
          : value;
    case 'hold_until_day':
    case 'run_day':
      return /^\d+$/.test(value) ? m.day_of_month({ day: value }) : value;
    case 'second_tier_base':
      return value === 'commission' ? m.base_commission() : value === 'price' ? m.base_price() : value;
    case 'proration':
      return value === 'daily' ? m.proration_daily() : value === 'none' ? m.proration_none() : value;
    case 'partial_refund':
      return value === 'whole'
        ? m.refund_whole()
        : value === 'proportional'
          ? m.refund_proportional()
          : value;
    default:
      return value;
  }
}

/** The terms of a day, one line a term. */
export function lines(terms: TermsDto, formats: Formats): { key: string; value: string }[] {
  const list = [
    { key: 'direct_rate', value: terms.direct_rate },
    { key: 'second_tier_rate', value: terms.second_tier_rate ?? m.none() },
    {
      key: 'max_months',
      value: terms.max_months === null ? m.for_life() : m.months({ count: terms.max_months }),
    },
    { key: 'cookie_days', value: m.days({ count: terms.cookie_days }) },
    { key: 'trial_days', value: m.days({ count: terms.trial_days }) },
    { key: 'hold_days', value: m.days({ count: terms.hold_days }) },
    { key: 'minimum', value: money(terms.minimum, formats) },
    { key: 'run_day', value: m.day_of_month({ day: String(terms.run_day) }) },
    { key: 'plan_version', value: terms.plan_version ?? m.none() },
  ];
  if (terms.second_tier_rate)
    list.splice(2, 0, {
      key: 'second_tier_base',
      value: valueInWords('second_tier_base', terms.second_tier_base),
    });
  for (const { key } of TERMS) {
    const said = terms.sources[key];
    if (said && key !== 'currency' && key !== 'second_tier_base' && !list.some((line) => line.key === key))
      list.push({ key, value: valueInWords(key, said.value) });
  }
  return list;
}

/** Where a value is from, in a sentence. */
export function sourceLine(terms: TermsDto, key: string, formats: Formats): string | null {
  const source = terms.sources[key];
  if (!source) return null;
  return m.term_source({ source: source.source, from: date(source.from, 'dayYear', formats) });
}
