/** The colours of the cohort table, and the table as a picture. */
import type { CohortCell, CohortTable } from '$/api/bindings';
import { colour } from '$/lib/colours';

/** How dark a share is drawn, 0..1: shares are often all high, so the lower half is drawn together. */
export function shade(value: number): number {
  return Math.min(1, Math.max(0, (value - 0.2) / 0.8));
}

/** How far what was seen lies from what was fitted, in shares: above zero where more stayed. */
export function gap(cell: CohortCell): number {
  return Number(cell.observed) - Number(cell.fitted);
}

/** Whether a gap is more than chance among so few: beyond two standard deviations of a share. */
export function striking(cell: CohortCell, size: number): boolean {
  const fitted = Number(cell.fitted);
  const sd = Math.sqrt(Math.max(0, fitted * (1 - fitted)) / Math.max(1, size));
  return cell.renewals > 0 && Math.abs(gap(cell)) > 2 * sd;
}

const CELL = 46;
const ROW = 28;
const HEAD = 150;

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

export interface HeatWords {
  title: string;
  month: (month: string) => string;
  share: (value: string) => string;
  fitted: string;
}

/** The table as SVG, for a file. */
export function heatPicture(table: CohortTable, words: HeatWords): string {
  const columns = Math.max(table.fitted.length, ...table.cohorts.map(({ cells }) => cells.length));
  const width = HEAD + columns * CELL + 24;
  const height = 72 + (table.cohorts.length + 1) * ROW + 24;
  const font = 'font-family="system-ui, sans-serif" font-size="12"';
  const text = (x: number, y: number, content: string, more = '') =>
    `<text x="${x}" y="${y}" fill="${colour('--text')}" ${font} ${more}>${escaped(content)}</text>`;
  const accent = colour('--accent');
  const row = (y: number, name: string, shares: string[], plain: boolean) =>
    text(24, y + 18, name) +
    shares
      .map((share, index) => {
        const x = HEAD + index * CELL;
        const fill = plain ? 'none' : accent;
        return `<rect x="${x}" y="${y}" width="${CELL - 2}" height="${ROW - 2}" rx="3" fill="${fill}" fill-opacity="${(0.06 + shade(Number(share)) * 0.44).toFixed(3)}"/>${text(x + (CELL - 2) / 2, y + 17, words.share(share), 'text-anchor="middle"')}`;
      })
      .join('');
  const head = Array.from({ length: columns }, (_, index) =>
    text(HEAD + index * CELL + (CELL - 2) / 2, 60, String(index), 'text-anchor="middle"'),
  ).join('');
  const rows = table.cohorts
    .map((cohort, index) =>
      row(
        72 + index * ROW,
        `${words.month(cohort.month)} (${cohort.size})`,
        cohort.cells.map(({ observed }) => observed),
        false,
      ),
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${colour('--surface')}"/>${text(24, 32, words.title, 'font-weight="600"')}${head}${rows}${row(72 + table.cohorts.length * ROW, words.fitted, table.fitted, true)}</svg>`;
}
