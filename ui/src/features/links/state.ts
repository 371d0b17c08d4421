/** How links stand and what holds them, in words. */
import { m } from '$/paraglide/messages.js';

const states: Record<string, () => string> = {
  unchecked: m.links_state_unchecked,
  healthy: m.links_state_healthy,
  expected: m.links_state_expected,
  unverifiable: m.links_state_unverifiable,
  broken: m.links_state_broken,
  failing: m.links_state_failing,
  expired: m.links_state_expired,
};

export const STATES = Object.keys(states);

export function stateName(state: string): string {
  return states[state]?.() ?? state;
}

const kinds: Record<string, () => string> = {
  page: m.places_kind_page,
  email: m.places_kind_email,
  video: m.places_kind_video,
  bio: m.places_kind_bio,
  post: m.places_kind_post,
  ad: m.places_kind_ad,
  print: m.places_kind_print,
  other: m.places_kind_other,
};

export const PLACE_KINDS = Object.keys(kinds);

export function placeKind(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

const reasons: Record<string, () => string> = {
  broken: m.places_because_broken,
  expired: m.places_because_expired,
  archived: m.places_because_archived,
};

export function replaceReason(reason: string): string {
  return reasons[reason]?.() ?? reason;
}

/** Names written with commas between them. */
export function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}
