/** Words and days of what is planned. */
import type { ContentChecklist, ContentItemDto } from '$/api/bindings';
import { m } from '$/paraglide/messages.js';

export type State = 'idea' | 'draft' | 'ready' | 'published' | 'done';
export const STATES: State[] = ['idea', 'draft', 'ready', 'published', 'done'];
export const stateNames: Record<State, () => string> = {
  idea: m.plan_state_idea,
  draft: m.plan_state_draft,
  ready: m.plan_state_ready,
  published: m.plan_state_published,
  done: m.plan_state_done,
};

export const kindNames: Record<string, () => string> = {
  post: m.plan_kind_post,
  article: m.plan_kind_article,
  email: m.plan_kind_email,
  video: m.plan_kind_video,
  story: m.plan_kind_story,
  ad: m.plan_kind_ad,
  podcast: m.plan_kind_podcast,
  event: m.plan_kind_event,
  other: m.plan_kind_other,
};
export const stateName = (word: string) => stateNames[word as State]?.() ?? word;
export const kindName = (word: string) => kindNames[word]?.() ?? word;

/** Whether it can be seen by others. */
export const isOut = (state: string) => state === 'published' || state === 'done';

/** The day an item stands on. */
export const dayOf = (item: ContentItemDto) => item.published_on ?? item.planned_on;

/** The day so many days later: ("2026-02-28", 1) → "2026-03-01". */
export function addDays(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}

/** The first day of a week in a language, 1 for Monday to 7 for Sunday; Monday where nobody knows. */
export function firstOfWeek(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

/** The weeks that a month touches, each from its first day to its last. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const first = `${month}-01`;
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay() || 7;
  let day = addDays(first, -((weekday - firstDay + 7) % 7));
  const weeks: string[][] = [];
  do {
    const start = day;
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(start, index)));
    day = addDays(day, 7);
  } while (day.startsWith(month));
  return weeks;
}

/** The checklists of an item's campaign. */
export function checklistsOf(item: ContentItemDto, all: ContentChecklist[]): ContentChecklist[] {
  return all.filter((list) => list.campaign === item.campaign);
}

/** Items by a key, each in the order it came in. */
export function grouped(
  items: ContentItemDto[],
  key: (item: ContentItemDto) => string,
): Map<string, ContentItemDto[]> {
  const groups = new Map<string, ContentItemDto[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
