/** Referrals, the second tier and programs side by side: what a person does there, in Chromium with the stand-in book. */
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, press, settled, useBrowser } from './page';

const { on, shared } = useBrowser();

describe('referrals', () => {
  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    const at = shared({ hash: 'referrals', theme });

    it.each([
      'referrals',
      'referrals/new',
      'referrals/recruited',
      'referrals/recruited/r1',
      'programs/compare',
      'programs/compare/Kajabi:commission',
    ])('%s has no barriers', (hash) =>
      at(hash, async (page) => {
        expect(await barriers(page)).toEqual([]);
      }),
    );
  });

  it('narrows by stage, opens a life and takes a note', () =>
    on({ hash: 'referrals' }, async (page) => {
      await chooseOption(page, 'stage-filter', 'Past due');
      await settled(page);
      const rows = page.getByTestId('referrals-table').getByRole('row');
      const others = rows.filter({ has: page.getByRole('gridcell') }).filter({ hasNotText: 'Past due' });
      await expect.poll(() => others.count()).toBe(0);
      await rows.nth(1).click();
      const life = page.getByTestId('referral-life');
      await life.getByText('Signed up').waitFor();
      await page.getByTestId('note-step').click();
      await page.getByLabel('In your words').fill('wrote that they stop');
      await page.getByTestId('note-step-save').click();
      await life.getByText('wrote that they stop').waitFor();
    }));

  it('adds an affiliate under another', () =>
    on({ hash: 'referrals/recruited/new' }, async (page) => {
      await page.getByTestId('recruit-name').fill('Lena');
      await page.getByTestId('recruit-code').fill('lena-1');
      await page.getByTestId('recruit-save').click();
      await page.getByTestId('recruited-table').getByText('Lena', { exact: true }).waitFor();
    }));

  it('moves between cells by keyboard and writes on a card', () =>
    on({ hash: 'programs/compare' }, async (page) => {
      await page.getByTestId('cards').locator('[data-cell="0:0"]').focus();
      await press(page, 'ArrowDown', 'ArrowDown', 'ArrowRight');
      await page.locator('[data-cell="2:1"]:focus').waitFor();
      await page.keyboard.press('Enter');
      await page.getByTestId('card-value').fill('25%');
      await page.getByTestId('card-source').fill('their page');
      await page.getByTestId('card-save').click();
      await page.locator('[data-cell="2:1"]').getByText('25%').waitFor();
    }));

  it('keeps heading and names in sight while the cards scroll', () =>
    on({ hash: 'programs/compare', width: 1000, height: 500 }, async (page) => {
      const scroll = page.getByTestId('cards');
      await scroll.locator('thead th').nth(2).waitFor();
      const away = () =>
        scroll.evaluate((element) => {
          element.scrollTo({ left: 300, top: 300, behavior: 'instant' });
          const head = element.querySelectorAll('thead th')[2];
          if (!head || element.scrollTop === 0) return null;
          return Math.abs(head.getBoundingClientRect().y - element.getBoundingClientRect().y) < 3;
        });
      await expect.poll(away).toBe(true);
    }));
});
