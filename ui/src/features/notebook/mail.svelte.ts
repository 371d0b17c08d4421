/** Mails that are taken into the notebook, wherever they were dropped or chosen. */
import { call } from '$/api/client';
import { toFailure } from '$/api/failure';
import { pickFile } from '$/api/host';
import { router } from '$/lib/router.svelte';
import { m } from '$/paraglide/messages.js';
import { undo } from '$/state/actions.svelte';
import { session } from '$/state/session.svelte';
import { toasts } from '$/state/toasts.svelte';

/** A mail whose program the sender does not tell; it waits until the user says. */
class Waiting {
  path = $state<string | null>(null);
}
export const waiting = new Waiting();

/** Takes a mail in; asks for its program where nobody can tell. */
export async function takeMail(path: string, program: string | null = null): Promise<void> {
  try {
    const taken = await call('notebook_import', { path, program, tags: [] });
    waiting.path = null;
    session.changed();
    toasts.done([m.entry_taken(), ...taken.notes].join('. '), {
      label: m.action_undo(),
      run: () => void undo(),
    });
    router.go('notebook', 'entries', taken.entry.id);
  } catch (thrown) {
    const failure = toFailure(thrown);
    if (failure.code !== 'mail.which_program') {
      toasts.fail(thrown);
      return;
    }
    waiting.path = path;
    router.go('notebook', 'entries', 'mail');
  }
}

/** Lets the user choose a mail, and takes it in. */
export async function chooseMail(): Promise<void> {
  const path = await pickFile({
    title: m.entry_mail(),
    filters: [{ name: m.entry_mail_filter(), extensions: ['eml'] }],
  });
  if (path) await takeMail(path);
}
