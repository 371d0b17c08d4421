/** The notebook: swipes, announcements, contacts and reminders, in Chromium with the stand-in book. */
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, go, pick, useBrowser } from './page';

const { on } = useBrowser();

const SCREENS = [
  ['notebook/swipes/sw-review', 'filled-text'],
  ['notebook/swipes/new', 'swipe-save'],
  ['notebook/swipes/compare', 'compare-run'],
  ['notebook/entries/en-1', 'entry-words'],
  ['notebook/entries/new', 'entry-save'],
  ['notebook/contacts/ct-1', 'contact-save'],
  ['notebook/reminders/re-1', 'reminder-save'],
] as const;

describe('the notebook', () => {
  for (const theme of ['light', 'dark'] as const)
    it(`has no barriers, ${theme}`, () =>
      on({ hash: 'notebook', theme }, async (page) => {
        const found: unknown[] = [];
        for (const [hash, ready] of SCREENS) {
          await go(page, hash);
          await page.getByTestId(ready).waitFor();
          for (const barrier of await barriers(page)) found.push([hash, barrier]);
        }
        expect(found).toEqual([]);
      }));

  it('fills a swipe, says what is missing, and goes back to an earlier version', () =>
    on({ hash: 'notebook' }, async (page) => {
      await page.getByTestId('swipes-table').getByText('Review post').click();
      const text = page.getByTestId('filled-text');
      await text.getByText('https://').waitFor();
      await page.getByTestId('fill-notes').getByText('{name}').waitFor();
      await page.getByTestId('fill-name').fill('Jo');
      await text.getByText('Hi Jo, I moved all my pages to Kartra').waitFor();
      await page.getByText('Version 1', { exact: true }).click();
      await page.getByTestId('restore-1').click();
      await text.getByText('My review of Kartra: https://').waitFor();
      await page.getByTestId('fill-findings').waitFor();
      await expect.poll(() => page.getByTestId('swipe-versions').locator('li').count()).toBe(4);
    }));

  it('keeps a new swipe', () =>
    on({ hash: 'notebook/swipes/new', book: 'empty' }, async (page) => {
      await page.getByTestId('swipe-save').click();
      await page.getByText('Give it a title.').waitFor();
      await page.getByTestId('swipe-title').fill('Short post');
      await page.getByTestId('swipe-body').fill('Words');
      await page.getByTestId('swipe-save').click();
      await page.getByTestId('swipes-table').getByText('Short post').waitFor();
    }));

  it('compares two swipes and says where it is not enough to tell', () =>
    on({ hash: 'notebook/swipes/compare' }, async (page) => {
      for (const [index, name] of ['Review post', 'Launch mail 2'].entries()) {
        await chooseOption(page, `compare-${index}`, name);
      }
      await page.getByTestId('compare-run').click();
      await page.getByTestId('comparison').getByText('Not enough to tell').waitFor();
    }));

  it('takes a chosen mail in, and asks for the program where the sender does not tell', () =>
    on({ hash: 'notebook/entries' }, async (page) => {
      await pick(page, '/mails/agency.eml');
      await page.getByTestId('take-mail').click();
      await page.getByTestId('mail-take').click();
      await page.getByTestId('entry-words').getByText('From April').waitFor();
      await page.getByTestId('entries-table').getByText('New commission on annual plans').waitFor();
    }));

  it('marks a reminder done and sets another', () =>
    on({ hash: 'notebook/reminders' }, async (page) => {
      const list = page.getByTestId('reminders');
      await list.getByLabel('Done: Ask Mia for the new banner').click();
      await list.getByText('Ask Mia for the new banner').waitFor({ state: 'detached' });
      await page.getByTestId('primary-action').click();
      await page.getByTestId('reminder-text').fill('Look at the rates');
      await page.getByTestId('reminder-due').fill('2026-03-10');
      await page.getByTestId('reminder-save').click();
      await list.getByText('Look at the rates').waitFor();
    }));
});
