/** The menu of the window does what the palette does: its items carry the ids of the palette's entries. */
import { call } from '$/api/client';
import { onShell, wantTray } from '$/api/host';
import { href, router } from '$/lib/router.svelte';
import { chooseBook, openBook } from '$/state/books';
import { palette } from '$/state/palette.svelte';
import { preferences } from '$/state/preferences.svelte';
import { toasts } from '$/state/toasts.svelte';

/** Undo and redo belong to the field that is being written in. */
function inField(item: string): boolean {
  const active = document.activeElement;
  const writing = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
  return writing && document.execCommand(item);
}

function chosen(item: string): void {
  if (item === 'open-book') void chooseBook();
  else if (item === 'new-book') router.go('settings', 'new-book');
  else if (item === 'palette') palette.open = true;
  else if ((item === 'undo' || item === 'redo') && inField(item)) return;
  else
    palette
      .entries()
      .find((entry) => entry.id === item)
      ?.run();
}

/** Fills in the form of new links with what another program asked for; the application looks at the address first. */
async function asked(): Promise<void> {
  try {
    const { address } = await call('link_handed', {});
    if (!address) return;
    const wanted = await call('link_asked', { address });
    const query = new URLSearchParams({ url: wanted.url });
    for (const name of ['program', 'channel', 'campaign', 'label'] as const) {
      const value = wanted[name];
      if (value) query.set(name, value);
    }
    location.hash = `${href('links', 'new')}?${query}`;
  } catch (thrown) {
    toasts.fail(thrown);
  }
}

/** Follows the menu, and books that the system asks to open, until the returned function is called. */
export function followShell(): () => void {
  const stops = [
    onShell('menu', chosen),
    onShell('open-book', (path) => void openBook(path)),
    onShell('link-asked', () => void asked()),
  ];
  if (preferences.tray) wantTray(true);
  // One that came before anybody listened waits.
  void asked();
  return () => {
    for (const stop of stops) stop();
  };
}
