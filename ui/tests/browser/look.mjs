/**
 * Pictures of screens, for people to look at:
 * `npm run look -- OUT overview links/new settings --dark --small --book=empty`
 */
import { mkdirSync } from 'node:fs';
import { openWindow, show } from './browser.mjs';

const [out = 'look', ...rest] = process.argv.slice(2);
const areas = rest.filter((word) => !word.startsWith('--'));
const flag = (name) => rest.includes(`--${name}`);
const book = rest.find((word) => word.startsWith('--book='))?.slice(7);
mkdirSync(out, { recursive: true });

const window = await openWindow();
try {
  for (const hash of areas) {
    const size = flag('small') ? { width: 1000, height: 700 } : {};
    const page = await show(window, { hash, book, theme: flag('dark') ? 'dark' : 'light', ...size });
    page.on('pageerror', (error) => console.error(hash, error));
    page.on('console', (line) => line.type() === 'error' && console.error(hash, line.text()));
    await page.waitForTimeout(500);
    const name = `${out}/${hash.replaceAll(/[^a-z0-9]+/gi, '-')}${flag('dark') ? '-dark' : ''}${flag('small') ? '-small' : ''}${book ? `-${book}` : ''}.png`;
    await page.screenshot({ path: name });
    console.log(name);
    await page.context().close();
  }
} finally {
  await window.close();
}
