/** The files a report comes in. */
import type { FileFilter } from '$/api/host';
import { m } from '$/paraglide/messages.js';

export const REPORTS = (): FileFilter[] => [
  { name: m.imports_filter_reports(), extensions: ['csv', 'tsv', 'txt'] },
  { name: m.imports_filter_all(), extensions: ['*'] },
];
