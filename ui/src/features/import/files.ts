/** The files a report comes in. */
import { type FileFilter, pickFile } from '$/api/host';
import { router } from '$/lib/router.svelte';
import { m } from '$/paraglide/messages.js';
import { importing } from './importing.svelte';

export const REPORTS = (): FileFilter[] => [
  { name: m.imports_filter_reports(), extensions: ['csv', 'tsv', 'txt', 'xlsx'] },
  { name: m.imports_filter_all(), extensions: ['*'] },
];

/** Looks into a report file, wherever it was dropped or chosen. */
export function takeReport(path: string): void {
  importing.open(path);
  const { area, path: at } = router.route;
  if (area !== 'connections' || at[0] !== 'import') router.go('connections', 'import');
}

/** Lets the user choose a report file, and looks into it. */
export async function chooseReport(): Promise<void> {
  const path = await pickFile({ title: m.imports_choose(), filters: REPORTS() });
  if (path) takeReport(path);
}
