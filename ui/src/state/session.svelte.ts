/** The open book as every part of the window sees it. */
import type { Formats } from '$/lib/format';
import { today as todayIn } from '$/lib/format';
import { preferences } from './preferences.svelte';

class Session {
  /** Grows with every change to the book, so that what is shown is read again. */
  version = $state(0);
  timeZone = $state(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
  /** The day the book takes for today; the clock of the application, where it has told. */
  #today = $state<string | null>(null);

  get today(): string {
    return this.#today ?? todayIn(new Date(), this.timeZone);
  }

  setClock(change: { today?: string; timeZone?: string }): void {
    if (change.today) this.#today = change.today;
    if (change.timeZone) this.timeZone = change.timeZone;
  }

  /** Call after every write: open screens read their data again. */
  changed(): void {
    this.version += 1;
  }
}

export const session = new Session();

/** How to write numbers and dates now. Reactive where it is read in a template or a derived value. */
export function formats(): Formats {
  return { locale: preferences.locale, timeZone: session.timeZone };
}
