/** The look is kept with the book and on this machine: the machine's copy paints the first frame. */
import { call } from '$/api/client';
import { preferences, type Theme } from './preferences.svelte';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';

export async function setTheme(theme: Theme): Promise<void> {
  preferences.set({ theme });
  try {
    const settings = await call('settings_get');
    await call('settings_set', { ...settings, appearance: theme });
    session.changed();
  } catch (thrown) {
    toasts.fail(thrown);
  }
}
