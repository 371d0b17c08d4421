/**
 * Pictures of screens, for people to look at. Each area in every look that is asked for:
 * `npm run look -- OUT overview links/new settings --dark --small --book=empty --each`
 * (`--each` takes the light large and the dark small picture of every area in one run).
 */
import { mkdirSync } from 'node:fs';
import { complaintsOf, openWindow, show } from './browser.mjs';

const [out = 'look', ...rest] = process.argv.slice(2);
const areas = rest.filter((word) => !word.startsWith('--'));
const flag = (name) => rest.includes(`--${name}`);
const book = rest.find((word) => word.startsWith('--book='))?.slice(7);
const small = { width: 1000, height: 700 };
const looks = flag('each')
  ? [{ theme: 'light' }, { theme: 'dark', ...small }]
  : [{ theme: flag('dark') ? 'dark' : 'light', ...(flag('small') ? small : {}) }];
mkdirSync(out, { recursive: true });

const window = await openWindow();
try {
  for (const hash of areas) {
    for (const look of looks) {
      const page = await show(window, { hash, book, ...look });
      await page.waitForTimeout(600);
      const words = [hash.replaceAll(/[^a-z0-9]+/gi, '-'), look.theme, look.width && 'small', book];
      const name = `${out}/${words.filter(Boolean).join('-')}.png`;
      await page.screenshot({ path: name });
      console.log(name, ...complaintsOf(page));
      await page.context().close();
    }
  }
} finally {
  await window.close();
}
