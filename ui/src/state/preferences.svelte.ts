/** How this machine shows the book. Nothing here is part of the book itself. */

import { dressWindow } from '$/api/host';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

interface Saved {
  theme: Theme;
  density: Density;
  sidebar: 'open' | 'closed';
  hideAmounts: boolean;
  /** Format of numbers and dates; empty follows the system. */
  formats: string;
  /** An icon in the system's tray, for a new link or a note from anywhere. It takes memory, so it is asked for. */
  tray: boolean;
}

const KEY = 'perennial.preferences';
const defaults: Saved = {
  theme: 'system',
  density: 'comfortable',
  sidebar: 'open',
  hideAmounts: false,
  formats: '',
  tray: false,
};

function read(): Saved {
  try {
    return { ...defaults, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { ...defaults };
  }
}

const systemLanguages = typeof navigator === 'undefined' ? [] : navigator.languages;

/** What was found out of each: every figure on the screen asks, and the answer is slow. */
const writable = new Map<string, boolean>();

/** Whether numbers and dates can be written in it. A system set up without a language calls its own “C”. */
function known(language: string): boolean {
  const told = writable.get(language);
  if (told !== undefined) return told;
  let can = false;
  try {
    can = Intl.NumberFormat.supportedLocalesOf(language).length > 0;
  } catch {
    // Not a language at all.
  }
  writable.set(language, can);
  return can;
}

class Preferences {
  #saved = $state<Saved>(read());

  get theme(): Theme {
    return this.#saved.theme;
  }
  get density(): Density {
    return this.#saved.density;
  }
  get sidebarOpen(): boolean {
    return this.#saved.sidebar === 'open';
  }
  get hideAmounts(): boolean {
    return this.#saved.hideAmounts;
  }
  get formats(): string {
    return this.#saved.formats;
  }
  get tray(): boolean {
    return this.#saved.tray;
  }
  /** The tag to format with. */
  get locale(): string {
    return [this.#saved.formats, ...systemLanguages].find(known) ?? 'en';
  }

  set(change: Partial<Saved>): void {
    Object.assign(this.#saved, change);
    this.apply();
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#saved));
    } catch {
      // A full or forbidden store only means that the choice is forgotten at the next start.
    }
  }

  /** Puts theme and density on the document, where the tokens look for them. */
  apply(): void {
    const root = document.documentElement;
    if (this.#saved.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.#saved.theme;
    root.dataset.density = this.#saved.density;
    dressWindow(this.#saved.theme === 'system' ? null : this.#saved.theme);
  }
}

export const preferences = new Preferences();
