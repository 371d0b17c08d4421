/** What the palette offers everywhere, and what it finds in the book. */
import { call } from '$/api/client';
import { copyText } from '$/api/host';
import { areas } from '$/lib/areas';
import { router } from '$/lib/router.svelte';
import { m } from '$/paraglide/messages.js';
import { redo, undo } from '$/state/actions.svelte';
import { setTheme } from '$/state/appearance';
import { book } from '$/state/book.svelte';
import { chooseBook } from '$/state/books';
import type { Entry } from '$/state/palette.svelte';
import { preferences } from '$/state/preferences.svelte';
import { toasts } from '$/state/toasts.svelte';

export function fixedEntries(showHelp: () => void): Entry[] {
  const go = m.palette_go();
  const act = m.palette_do();
  return [
    ...areas.map((area) => ({
      id: `go-${area.id}`,
      group: go,
      label: area.label(),
      icon: area.icon,
      run: () => router.go(area.id),
    })),
    {
      id: 'new-links',
      group: act,
      label: m.links_new(),
      icon: 'links',
      run: () => router.go('links', 'new'),
    },
    {
      id: 'new-note',
      group: act,
      label: m.entry_new(),
      icon: 'notebook',
      run: () => router.go('notebook', 'entries', 'new'),
    },
    {
      id: 'new-campaign',
      group: act,
      label: m.campaigns_new(),
      icon: 'campaigns',
      run: () => router.go('campaigns', 'new'),
    },
    {
      id: 'import',
      group: act,
      label: m.action_import(),
      icon: 'upload',
      run: () => router.go('connections', 'import'),
    },
    {
      id: 'new-program',
      group: act,
      label: m.programs_new(),
      icon: 'programs',
      run: () => router.go('programs', 'new'),
    },
    {
      id: 'new-book',
      group: act,
      label: m.book_new(),
      icon: 'add',
      run: () => router.go('settings', 'new-book'),
    },
    { id: 'open-book', group: act, label: m.book_open(), icon: 'programs', run: () => void chooseBook() },
    {
      id: 'undo',
      group: act,
      words: m.action_undo(),
      label: book.info?.undo ? m.undo_what({ what: book.info.undo }) : m.action_undo(),
      icon: 'undo',
      keys: 'mod+z',
      run: () => void undo(),
    },
    {
      id: 'redo',
      group: act,
      words: m.action_redo(),
      label: book.info?.redo ? m.redo_what({ what: book.info.redo }) : m.action_redo(),
      icon: 'redo',
      keys: 'mod+shift+z',
      run: () => void redo(),
    },
    {
      id: 'hide',
      group: act,
      label: preferences.hideAmounts ? m.amounts_show() : m.amounts_hide(),
      icon: 'hide',
      keys: 'h',
      run: () => preferences.set({ hideAmounts: !preferences.hideAmounts }),
    },
    {
      id: 'theme-light',
      group: act,
      label: m.theme_use_light(),
      icon: 'settings',
      run: () => void setTheme('light'),
    },
    {
      id: 'theme-dark',
      group: act,
      label: m.theme_use_dark(),
      icon: 'settings',
      run: () => void setTheme('dark'),
    },
    {
      id: 'theme-system',
      group: act,
      label: m.theme_use_system(),
      icon: 'settings',
      run: () => void setTheme('system'),
    },
    { id: 'shortcuts', group: act, label: m.shortcuts_title(), icon: 'help', keys: '?', run: showHelp },
  ];
}

/** Links, campaigns, programs and ledger rows that answer to some words. */
export async function findInBook(words: string): Promise<Entry[]> {
  const page = { search: words, limit: 6, after: null };
  const none = { program: null, channel: null, campaign: null };
  const [links, campaigns, rows] = await Promise.allSettled([
    call('link_list', { ...page, ...none, tag: null, folder: null, state: null, archived: false }),
    call('campaign_list', { ...page, archived: false }),
    call('ledger_list', { ...page, ...none, standing: null, from: null, to: null, batch: null }),
  ]);
  const found: Entry[] = [];
  for (const program of book.programs) {
    if (!program.name.toLowerCase().includes(words.toLowerCase())) continue;
    found.push({
      id: `program-${program.uid}`,
      group: m.area_programs(),
      label: program.name,
      icon: 'programs',
      run: () => router.go('programs', program.id),
    });
  }
  if (links.status === 'fulfilled') {
    for (const link of links.value.items) {
      found.push({
        id: `link-${link.id}`,
        group: m.area_links(),
        label: link.label || link.url,
        hint: link.channel,
        icon: 'links',
        run: () => router.go('links', link.id),
      });
    }
    const [first] = links.value.items;
    if (first) {
      found.push({
        id: `copy-${first.id}`,
        group: m.area_links(),
        label: m.links_copy_named({ name: first.label || first.code }),
        icon: 'copy',
        run: () => void copyText(first.url).then(() => toasts.done(m.links_copied())),
      });
    }
  }
  if (campaigns.status === 'fulfilled') {
    for (const campaign of campaigns.value.items) {
      found.push({
        id: `campaign-${campaign.id}`,
        group: m.area_campaigns(),
        label: campaign.name,
        icon: 'campaigns',
        run: () => router.go('campaigns', campaign.id),
      });
    }
  }
  if (rows.status === 'fulfilled') {
    for (const row of rows.value.items) {
      found.push({
        id: `row-${row.id}`,
        group: m.area_earnings(),
        label: row.native_id ?? row.id,
        hint: `${row.occurred_on} · ${book.programName(row.program)}`,
        icon: 'earnings',
        run: () => router.go('earnings', row.id),
      });
    }
  }
  return found;
}
