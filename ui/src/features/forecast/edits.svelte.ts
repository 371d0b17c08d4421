/** What the user tried out in the forecast; kept while the window is open, never written into the book. */
import type { Edits } from './model';

class Trial {
  #edits = $state.raw<Record<string, Edits>>({});
  months = $state(24);

  of(program: string): Edits {
    return this.#edits[program] ?? {};
  }

  set(program: string, key: string, value: string | null): void {
    const { [key]: _, ...rest } = this.of(program);
    this.#edits = { ...this.#edits, [program]: value === null ? rest : { ...rest, [key]: value } };
  }

  reset(program: string): void {
    this.#edits = { ...this.#edits, [program]: {} };
  }
}

export const trial = new Trial();
