/** Keyboard shortcuts: a stack of handlers, the newest first, so that what is on top answers. */

import { untrack } from 'svelte';

export interface Shortcut {
  /** `k`, `?`, `Enter`, `mod+k`, `mod+shift+z` (mod is Ctrl, or Cmd on a Mac). */
  keys: string;
  /** What it does, for the list of shortcuts. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Also while typing in a field. */
  always?: boolean;
}

// A plain list beside a counter: while an effect is torn down, Svelte answers with the values of before, and layers added in
// the same moment would be lost.
let stack: Shortcut[][] = [];
let version = $state(0);

function put(next: Shortcut[][]): void {
  stack = next;
  untrack(() => {
    version += 1;
  });
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** Adds shortcuts for as long as the component lives. Call it while the component is set up. */
export function useShortcuts(list: () => Shortcut[]): void {
  $effect(() => {
    const layer = list();
    put([...stack, layer]);
    return () => put(stack.filter((other) => other !== layer));
  });
}

export function keyName(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isLetter = /^[a-z]$/.test(key);
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${event.shiftKey && (isLetter || key.length > 1) ? 'shift+' : ''}${key}`;
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  );
}

/** The one listener of the window. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = keyName(event);
  const inField = typing(event.target);
  for (const layer of [...stack].reverse()) {
    for (const shortcut of layer) {
      if (shortcut.keys !== name || (inField && !shortcut.always)) continue;
      event.preventDefault();
      shortcut.run(event);
      return;
    }
  }
}

/** Every shortcut that would answer now, the topmost of each key. */
export function activeShortcuts(): Shortcut[] {
  void version;
  const seen = new Map<string, Shortcut>();
  for (const layer of [...stack].reverse()) {
    for (const shortcut of layer) if (!seen.has(shortcut.keys)) seen.set(shortcut.keys, shortcut);
  }
  return [...seen.values()];
}

/** A shortcut as people read it: "Ctrl K". */
export function keyLabel(keys: string): string[] {
  return keys.split('+').map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'shift') return isMac ? '⇧' : 'Shift';
    if (part === 'Enter') return '↵';
    if (part === 'Escape') return 'Esc';
    return part.length === 1 ? part.toUpperCase() : part;
  });
}
