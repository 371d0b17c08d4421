/** Rows that come page by page, each page asked for by the cursor of the one before. */
import { untrack } from 'svelte';
import { type ApiFailure, toFailure } from '$/api/failure';

export interface Page<T> {
  items: T[];
  next: string | null;
  /** How many rows there are in all, where the source counts them. */
  total?: number | null;
}

export interface PageRequest {
  after: string | null;
  limit: number;
  sort: { by: string; descending: boolean } | null;
}

const FIRST = 200;
const LATER = 1000;

export class Pager<T> {
  items = $state.raw<T[]>([]);
  total = $state.raw<number | null>(null);
  failure = $state.raw<ApiFailure | null>(null);
  /** True until the first page of the present question has come. */
  starting = $state(true);
  #next: string | null = null;
  #more = true;
  #busy = false;
  #ticket = 0;
  #sort: PageRequest['sort'] = null;

  constructor(private readonly load: (request: PageRequest) => Promise<Page<T>>) {}

  /** Starts over; rows already shown stay until the new ones are there. */
  async restart(sort: PageRequest['sort']): Promise<void> {
    const ticket = ++this.#ticket;
    const limit = Math.min(
      Math.max(
        FIRST,
        untrack(() => this.items.length),
      ),
      LATER,
    );
    this.#sort = sort;
    this.#busy = true;
    try {
      const page = await this.load({ after: null, limit, sort });
      if (ticket !== this.#ticket) return;
      this.items = page.items;
      this.#settle(page);
      this.failure = null;
    } catch (thrown) {
      if (ticket === this.#ticket) this.failure = toFailure(thrown);
    } finally {
      if (ticket === this.#ticket) {
        this.#busy = false;
        this.starting = false;
      }
    }
  }

  /** Reads on until the row at this index is there, or there are no more. */
  async reach(index: number): Promise<void> {
    if (this.#busy || this.failure || !this.#more || this.items.length > index) return;
    const ticket = this.#ticket;
    this.#busy = true;
    // Gathered and shown at once: a long way is not drawn page by page.
    const gathered = [...this.items];
    try {
      while (this.#more && gathered.length <= index) {
        const page = await this.load({ after: this.#next, limit: LATER, sort: this.#sort });
        if (ticket !== this.#ticket) return;
        for (const row of page.items) gathered.push(row);
        this.#settle(page);
        if (page.items.length === 0) break;
      }
      this.items = gathered;
    } catch (thrown) {
      if (ticket === this.#ticket) this.failure = toFailure(thrown);
    } finally {
      if (ticket === this.#ticket) this.#busy = false;
    }
  }

  #settle(page: Page<T>): void {
    this.#next = page.next;
    this.#more = page.next !== null;
    if (page.total !== null && page.total !== undefined) this.total = page.total;
    else if (!this.#more) this.total = null;
  }
}
