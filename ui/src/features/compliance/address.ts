/** The addresses of compliance. */
import { href, type Route } from '$/lib/router.svelte';

export type View = 'checklists' | 'text' | 'page' | 'keywords' | 'evidence' | 'report' | 'wordings';

const VIEWS: readonly string[] = ['text', 'page', 'keywords', 'evidence', 'report', 'wordings'];

export interface Place {
  view: View;
  program: string | null;
  campaign: string | null;
  item: string | null;
  /** A kept copy. */
  copy: string | null;
}

/** No program can be called this. */
const NO_PROGRAM = '-';

export function readPlace(route: Route): Place {
  const [first, second, third] = route.path;
  if (first === NO_PROGRAM)
    return {
      view: VIEWS.includes(second ?? '') ? (second as View) : 'text',
      program: null,
      campaign: route.query.campaign || null,
      item: null,
      copy: second === 'evidence' ? (third ?? null) : null,
    };
  return {
    view: 'checklists',
    program: first ?? null,
    campaign: route.query.campaign || null,
    item: second === 'item' ? (third ?? null) : null,
    copy: null,
  };
}

export function viewAddress(view: View): string {
  return view === 'checklists' ? href('compliance') : href('compliance', NO_PROGRAM, view);
}

export function checklistAddress(program: string, campaign: string | null, item?: string): string {
  const path = item ? href('compliance', program, 'item', item) : href('compliance', program);
  return of(path, campaign);
}

export function evidenceAddress(campaign: string | null, copy?: string): string {
  return of(
    copy ? href('compliance', NO_PROGRAM, 'evidence', copy) : href('compliance', NO_PROGRAM, 'evidence'),
    campaign,
  );
}

export function reportAddress(campaign: string | null): string {
  return of(href('compliance', NO_PROGRAM, 'report'), campaign);
}

function of(path: string, campaign: string | null): string {
  return campaign ? `${path}?${new URLSearchParams({ campaign })}` : path;
}
