/** Long work: asks how far it is while it runs, and can ask it to stop. */
import { call } from '$/api/client';

const EVERY_MS = 200;

export class Job {
  /** The name it runs under; null while nothing runs. */
  name = $state<string | null>(null);
  done = $state(0);
  total = $state<number | null>(null);
  stopping = $state(false);
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Runs work under a new name and follows it to its end. */
  async follow<T>(kind: string, work: (name: string) => Promise<T>): Promise<T> {
    const name = `${kind}-${crypto.randomUUID()}`;
    this.name = name;
    this.done = 0;
    this.total = null;
    this.stopping = false;
    this.#timer = setInterval(() => void this.#look(name), EVERY_MS);
    try {
      return await work(name);
    } finally {
      clearInterval(this.#timer);
      this.name = null;
    }
  }

  async #look(name: string): Promise<void> {
    try {
      const status = await call('job_status', { job: name });
      if (this.name !== name || !status.running) return;
      this.done = status.done;
      this.total = status.total || null;
    } catch {
      // The work itself tells what went wrong; a missed look is nothing.
    }
  }

  async cancel(): Promise<void> {
    if (!this.name || this.stopping) return;
    this.stopping = true;
    try {
      await call('job_cancel', { job: this.name });
    } catch {
      this.stopping = false;
    }
  }
}
