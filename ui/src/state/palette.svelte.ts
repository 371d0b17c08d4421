/** What the command palette offers: fixed entries of the frame, entries of the open screen, and what a search finds. */
import type { IconName } from '$/lib/icons';

export interface Entry {
  id: string;
  group: string;
  label: string;
  icon: IconName;
  hint?: string;
  /** Words it answers to, where its label is not what one would type. */
  words?: string;
  keys?: string;
  run: () => void;
}

class Palette {
  open = $state(false);
  #sources = $state.raw<(() => Entry[])[]>([]);
  #finders: ((words: string) => Promise<Entry[]>)[] = [];

  /** Offers entries until the returned function is called. */
  offer(source: () => Entry[]): () => void {
    this.#sources = [...this.#sources, source];
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  /** Lets the palette search something in the book. */
  finder(find: (words: string) => Promise<Entry[]>): void {
    this.#finders.push(find);
  }

  entries(): Entry[] {
    return this.#sources.flatMap((source) => source());
  }

  /** What the finders know; one that fails finds nothing. */
  async search(words: string): Promise<Entry[]> {
    const answers = await Promise.allSettled(this.#finders.map((find) => find(words)));
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }
}

export const palette = new Palette();
