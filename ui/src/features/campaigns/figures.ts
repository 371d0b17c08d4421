/** Words of a campaign's results. */
import type { CampaignFigures, PaybackDto } from '$/api/bindings';
import { date, type Formats } from '$/lib/format';
import { m } from '$/paraglide/messages.js';

/** When the spend comes back: a day, a month that is expected, or why there is none. */
export function paidBack(back: PaybackDto | undefined, formats: Formats): string {
  if (back?.state === 'reached' && back.on) return date(back.on, 'dayYear', formats);
  if (back?.state === 'expected' && back.on)
    return m.compare_expected({ month: date(back.on, 'month', formats) });
  return back?.state === 'not_in_sight' ? m.compare_not_in_sight() : '–';
}

/** Soonest first; what is not in sight after all days, and what needs none at the very end. */
export function paidBackOrder(back: PaybackDto | undefined): string {
  return back?.on ?? (back?.state === 'not_in_sight' ? '9998' : '9999');
}

/** The figures in the order they are read, with what each is called. */
export const FIGURES: { key: keyof CampaignFigures; label: () => string }[] = [
  { key: 'commission', label: m.word_commission },
  { key: 'to_come', label: m.compare_to_come },
  { key: 'spend', label: m.campaigns_spend },
  { key: 'profit', label: m.campaigns_profit },
  { key: 'profit_with_to_come', label: m.compare_with_to_come },
  { key: 'payback', label: m.compare_payback },
  { key: 'epc', label: m.campaigns_epc },
  { key: 'hourly', label: m.compare_hourly },
];
