/** Long work in the application: its progress, and how to stop it. */
import { call } from '$/api/client';

export interface JobState {
  done: number;
  total: number;
  cancel: () => void;
}

const EVERY_MS = 200;
let counter = 0;

/** Runs work under a name of its own and tells how far it is until it ends. */
export async function runJob<T>(
  work: (job: string) => Promise<T>,
  tell: (state: JobState) => void,
): Promise<T> {
  const job = `window-${Date.now()}-${++counter}`;
  const cancel = () => void call('job_cancel', { job });
  tell({ done: 0, total: 0, cancel });
  const timer = setInterval(async () => {
    const status = await call('job_status', { job }).catch(() => null);
    if (status?.running) tell({ done: status.done, total: status.total, cancel });
  }, EVERY_MS);
  try {
    return await work(job);
  } finally {
    clearInterval(timer);
  }
}
