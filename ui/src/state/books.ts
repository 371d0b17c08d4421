/** Opening another book: from the switcher, the menu, or a second start of the application. */
import { call } from '$/api/client';
import { pickFile } from '$/api/host';
import { router } from '$/lib/router.svelte';
import { m } from '$/paraglide/messages.js';
import { book } from './book.svelte';
import { toasts } from './toasts.svelte';

export async function openBook(path: string): Promise<void> {
  try {
    book.take(await call('book_open', { path }));
    router.go('overview');
  } catch (thrown) {
    toasts.fail(thrown);
  }
}

export async function chooseBook(): Promise<void> {
  const path = await pickFile({
    title: m.book_open_title(),
    filters: [{ name: m.app_name(), extensions: ['perennial'] }],
  });
  if (path) await openBook(path);
}
