/** What the user tried out in the forecast; kept while the window is open, and in the book only as a scenario they save. */
import type { Edits } from './model';

/** A saved scenario that the sliders were set to. */
export interface Opened {
  id: string;
  name: string;
}

class Trial {
  #edits = $state.raw<Record<string, Edits>>({});
  #opened = $state.raw<Record<string, Opened>>({});
  months = $state(24);

  of(program: string): Edits {
    return this.#edits[program] ?? {};
  }

  opened(program: string): Opened | null {
    return this.#opened[program] ?? null;
  }

  set(program: string, key: string, value: string | null): void {
    const { [key]: _, ...rest } = this.of(program);
    this.#edits = { ...this.#edits, [program]: value === null ? rest : { ...rest, [key]: value } };
  }

  /** Sets the sliders to a saved scenario. */
  open(program: string, edits: Edits, opened: Opened): void {
    this.#edits = { ...this.#edits, [program]: edits };
    this.#opened = { ...this.#opened, [program]: opened };
  }

  /** The scenario that is open has another name, or is gone. */
  rename(program: string, opened: Opened | null): void {
    const { [program]: _, ...rest } = this.#opened;
    this.#opened = opened ? { ...rest, [program]: opened } : rest;
  }

  reset(program: string): void {
    this.#edits = { ...this.#edits, [program]: {} };
    this.rename(program, null);
  }
}

export const trial = new Trial();
