/** Syncs what is due by schedule while the window is open. The schedule is off unless somebody turns it on. */
import { call } from '$/api/client';
import { count } from '$/lib/format';
import { m } from '$/paraglide/messages.js';
import { formats, session } from '$/state/session.svelte';
import { toasts } from '$/state/toasts.svelte';

const EVERY_MS = 60_000;

/** Links are checked by schedule too, quietly: what is broken stands on the overview. */
async function lookAtLinks(): Promise<void> {
  const done = await call('link_check', { ids: [], all: false, due: true, limit: 0, job: null });
  if (done.checked) session.changed();
}

async function look(): Promise<void> {
  const { connections } = await call('sync_due', { secret: null, job: null });
  if (!connections.length) return;
  session.changed();
  const fresh = connections.reduce((sum, one) => sum + one.rows.new + one.rows.changed, 0);
  const failed = connections.filter((one) => one.error);
  if (failed.length) toasts.done(m.networks_due_failed({ names: failed.map((one) => one.name).join(', ') }));
  else if (fresh) toasts.done(m.networks_due_done({ count: fresh, figure: count(fresh, formats()) }));
}

/** Asks about once a minute, one sync at a time. Gives back how to stop. */
export function followSchedule(): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // What went wrong with a connection stands on its card; a failure of the whole look is tried again in a minute.
    look()
      .catch(() => {})
      .then(lookAtLinks)
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  }, EVERY_MS);
  return () => clearInterval(timer);
}
