/** Long work of the stand-in: it takes its time, tells how far it is, and can be stopped. */
import type { Handlers } from '.';
import { refuse } from './state';

const jobs = new Map<string, { done: number; total: number; cancelled: boolean }>();

export async function work(name: string | null, total: number, steps: number): Promise<void> {
  const job = { done: 0, total, cancelled: false };
  if (name) jobs.set(name, job);
  try {
    for (let step = 1; step <= steps; step++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      job.done = Math.round((total * step) / steps);
      if (job.cancelled) refuse('job.cancelled', 'It was cancelled.', 'Nothing was changed.');
    }
  } finally {
    if (name) jobs.delete(name);
  }
}

function status(name: string) {
  const found = jobs.get(name);
  return { running: Boolean(found), done: found?.done ?? 0, total: found?.total ?? 0 };
}

export const running: Handlers = {
  job_status: ({ job }) => status(job),
  job_cancel: ({ job }) => {
    const found = jobs.get(job);
    if (found) found.cancelled = true;
    return status(job);
  },
};
