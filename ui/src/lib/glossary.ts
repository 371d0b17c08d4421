/** The field's words, explained once for everybody. */
import { m } from '$/paraglide/messages.js';

export const glossary = {
  commission: m.glossary_commission,
  earned: m.glossary_earned,
  reserve: m.glossary_reserve,
  due: m.glossary_due,
  paid: m.glossary_paid,
  reversed: m.glossary_reversed,
  hold: m.glossary_hold,
  clawback: m.glossary_clawback,
  cookie: m.glossary_cookie,
  minimum: m.glossary_minimum,
  'second-tier': m.glossary_second_tier,
  'sub-id': m.glossary_sub_id,
  epc: m.glossary_epc,
  churn: m.glossary_churn,
  retention: m.glossary_retention,
  cohort: m.glossary_cohort,
  trial: m.glossary_trial,
  'run-day': m.glossary_run_day,
  destination: m.glossary_destination,
} as const;

export type Term = keyof typeof glossary;
