/** The menu of the window does what the palette does: its items carry the ids of the palette's entries. */
import { onShell } from '$/api/host';
import { router } from '$/lib/router.svelte';
import { chooseBook, openBook } from '$/state/books';
import { palette } from '$/state/palette.svelte';

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

/** Follows the menu, and books that the system asks to open, until the returned function is called. */
export function followShell(): () => void {
  const stops = [onShell('menu', chosen), onShell('open-book', (path) => void openBook(path))];
  return () => {
    for (const stop of stops) stop();
  };
}
