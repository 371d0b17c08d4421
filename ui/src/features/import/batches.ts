/** Taking a whole import or sync out again. */
import { call } from '$/api/client';
import { count } from '$/lib/format';
import { m } from '$/paraglide/messages.js';
import { formats, session } from '$/state/session.svelte';
import { toasts } from '$/state/toasts.svelte';

export async function undoBatch(batch: string): Promise<boolean> {
  try {
    const undone = await call('batch_undo', { id: batch });
    session.changed();
    toasts.done(
      undone.restored > 0
        ? m.imports_undone_restored({
            removed: count(undone.removed, formats()),
            restored: count(undone.restored, formats()),
          })
        : m.imports_undone({ count: undone.removed, figure: count(undone.removed, formats()) }),
    );
    return true;
  } catch (thrown) {
    toasts.fail(thrown);
    return false;
  }
}
