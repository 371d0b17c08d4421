/** Short notes at the bottom of the window, most of them with a way back. */
import { type ApiFailure, toFailure } from '$/api/failure';

export interface Toast {
  id: number;
  kind: 'done' | 'error';
  text: string;
  failure?: ApiFailure;
  action?: { label: string; run: () => void };
}

const STAYS_MS = 8000;

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  #add(toast: Omit<Toast, 'id'>, stays: number): number {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { ...toast, id }];
    this.#arm(id, stays);
    return id;
  }

  #arm(id: number, stays: number): void {
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), stays),
    );
  }

  done(text: string, action?: Toast['action']): number {
    return this.#add({ kind: 'done', text, action }, STAYS_MS);
  }

  /** Shows what went wrong; stays twice as long, for there is more to read. */
  fail(thrown: unknown): number {
    const failure = toFailure(thrown);
    return this.#add({ kind: 'error', text: failure.message, failure }, STAYS_MS * 2);
  }

  /** A pointer or the focus rests on a toast: it waits. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number): void {
    this.#arm(id, STAYS_MS / 2);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
