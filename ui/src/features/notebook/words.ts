/** Words of the notebook's data, and small readings of it. */
import type { SwipeDto } from '$/api/bindings';
import { m } from '$/paraglide/messages.js';

export const KINDS = ['text', 'email', 'image'] as const;
export type Kind = (typeof KINDS)[number];

const kinds: Record<string, () => string> = {
  text: m.swipe_text,
  email: m.swipe_email,
  image: m.swipe_image,
};
export const kindName = (kind: string): string => kinds[kind]?.() ?? kind;

/** Tags of a text field. */
export const readTags = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

/** Known variables have places of their own; the others are asked for by name. */
const KNOWN = ['link', 'disclosure', 'program', 'channel', 'campaign'];

/** What may be written into a swipe. */
export const VARIABLES = [...KNOWN, 'name'].map((name) => `{${name}}`).join(', ');

/** Variables of a swipe that the user gives a value: `{name}` and every word that means nothing here. */
export function asked(swipe: SwipeDto): string[] {
  const text = `${swipe.subject} ${swipe.body}`.replaceAll(/\{\{[^}]*\}*/g, '');
  const names = [...text.matchAll(/\{([a-z]\w{0,39})\}/gi)].map(([, name]) => (name ?? '').toLowerCase());
  return [...new Set(names)].filter((name) => !KNOWN.includes(name));
}

/** The last part of a path, for people. */
export const fileName = (path: string): string => path.split(/[\\/]/).pop() ?? path;
