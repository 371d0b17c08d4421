/** The addresses of compliance. */
import { href, type Route } from '$/lib/router.svelte';

export type View = 'checklists' | 'text' | 'page' | 'keywords' | 'wordings';

const VIEWS: readonly string[] = ['text', 'page', 'keywords', 'wordings'];

export interface Place {
  view: View;
  program: string | null;
  campaign: string | null;
  item: string | null;
}

/** No program can be called this. */
const NO_PROGRAM = '-';

export function readPlace(route: Route): Place {
  const [first, second, third] = route.path;
  if (first === NO_PROGRAM)
    return {
      view: VIEWS.includes(second ?? '') ? (second as View) : 'text',
      program: null,
      campaign: null,
      item: null,
    };
  return {
    view: 'checklists',
    program: first ?? null,
    campaign: route.query.campaign || null,
    item: second === 'item' ? (third ?? null) : null,
  };
}

export function viewAddress(view: View): string {
  return view === 'checklists' ? href('compliance') : href('compliance', NO_PROGRAM, view);
}

export function checklistAddress(program: string, campaign: string | null, item?: string): string {
  const path = item ? href('compliance', program, 'item', item) : href('compliance', program);
  return campaign ? `${path}?${new URLSearchParams({ campaign })}` : path;
}
