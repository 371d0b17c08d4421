/** The addresses of the forecast: `#/forecast/payouts/payout/2026-05-15` is the payouts with what is behind one of them. */
import { href, type Route } from '$/lib/router.svelte';

export const VIEWS = [
  'outlook',
  'payouts',
  'customers',
  'why',
  'goal',
  'scenarios',
  'evidence',
  'record',
] as const;
export type View = (typeof VIEWS)[number];

/** What can be asked about: as the application names it. */
export const QUESTIONS = [
  'month',
  'rest',
  'total',
  'payout',
  'at_risk',
  'actual',
  'assumption',
  'residual',
  'wall',
  'cohort',
  'goal',
  'channel',
  'accuracy',
  'scenario',
] as const;
export type Question = (typeof QUESTIONS)[number];

export type Pane =
  | { kind: 'method'; key: string }
  | { kind: 'explain'; what: Question; key: string; plan: string | null };

export interface Place {
  view: View;
  pane: Pane | null;
}

const known = <T extends string>(list: readonly T[], word: string | undefined): T | null =>
  list.find((one) => one === word) ?? null;

export function readPlace(route: Route): Place {
  const [first, what, key = '', plan] = route.path;
  const view = known(VIEWS, first) ?? 'outlook';
  if (what === 'method') return { view, pane: { kind: 'method', key } };
  const question = known(QUESTIONS, what);
  // A key that is empty is written as a dash, since an address has no empty part.
  return {
    view,
    pane: question && { kind: 'explain', what: question, key: key === '-' ? '' : key, plan: plan || null },
  };
}

export function viewAddress(view: View): string {
  return view === 'outlook' ? href('forecast') : href('forecast', view);
}

export function explainAddress(view: View, what: Question, key = '', plan: string | null = null): string {
  return href('forecast', view, what, key || '-', ...(plan ? [plan] : []));
}

export function methodAddress(view: View, key: string): string {
  return href('forecast', view, 'method', key);
}
