/** What is planned for campaigns, and their results side by side: what a person does there, in Chromium. */
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, press, settled, useBrowser } from './page';

const { on, shared } = useBrowser();

const screens: [string, string][] = [
  ['campaigns/calendar', 'calendar'],
  ['campaigns/board/ci-4', 'board'],
  ['campaigns/compare', 'compare-table'],
];

describe('campaigns', () => {
  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    const at = shared({ hash: 'campaigns', theme });

    it.each(screens)('%s has no barriers', (hash, ready) =>
      at(hash, async (page) => {
        await page.getByTestId(ready).waitFor();
        expect(await barriers(page)).toEqual([]);
      }),
    );
  });

  it('moves an item on the calendar by keys, keeps the focus, and takes it back', () =>
    on({ hash: 'campaigns/calendar' }, async (page) => {
      const day = (text: string) => page.locator(`[data-day="${text}"]`);
      const title = /^Walk through the page builder/;
      await day('2026-03-12').getByRole('button', { name: title }).focus();
      await press(page, 'Alt+ArrowDown');
      await day('2026-03-19').getByRole('button', { name: title }).waitFor();
      await page.locator('[data-day="2026-03-19"] [data-item]:focus').waitFor();
      await press(page, 'm');
      await page.getByTestId('move-day').fill('2026-03-30');
      await page.getByTestId('move-save').click();
      await day('2026-03-30').getByRole('button', { name: title }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await day('2026-03-19').getByRole('button', { name: title }).waitFor();
    }));

  it('moves an item on the calendar by dragging it', () =>
    on({ hash: 'campaigns/calendar' }, async (page) => {
      const item = page.getByRole('button', { name: /^Membership site without code/ });
      await item.dragTo(page.locator('[data-day="2026-03-26"]'));
      await page.locator('[data-day="2026-03-26"]').getByText('Membership site without code').waitFor();
      await page.getByRole('button', { name: 'Next month' }).click();
      await page.getByRole('heading', { name: 'April 2026' }).waitFor();
    }));

  it('moves a card over the board by keys and by dragging, and shows its checklist', () =>
    on({ hash: 'campaigns/board' }, async (page) => {
      const column = (state: string) => page.locator(`[data-state="${state}"]`);
      const card = (state: string) => column(state).getByRole('button', { name: /^Invitation/ });
      await card('ready')
        .getByText(/Checklist/)
        .waitFor();
      await card('ready').focus();
      await press(page, 'Alt+ArrowRight');
      // What stands in the way is said first, with the way to settle it; whoever knows it may go on.
      const dialog = page.getByTestId('move-dialog');
      await dialog.getByTestId('blockers').getByRole('link', { name: 'See the compliance report' }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await card('ready').focus();
      await press(page, 'Alt+ArrowRight');
      await dialog.getByTestId('move-save').getByText('Publish all the same').click();
      await card('published').waitFor();
      await settled(page);
      await card('published').focus();
      await press(page, 'Alt+ArrowLeft');
      await card('ready').waitFor();
      await column('ready').locator('[data-item]:focus').waitFor();
      await settled(page);
      await card('ready').dragTo(column('draft'));
      await card('draft').waitFor();
    }));

  it('plans something on a day', () =>
    on({ hash: 'campaigns/calendar' }, async (page) => {
      await page.getByRole('button', { name: 'Plan something on March 20' }).click();
      await page.getByTestId('item-title').fill('A new idea');
      await page.getByTestId('item-save').click();
      await page.locator('[data-day="2026-03-20"]').getByText('A new idea').waitFor();
    }));

  it('says in the form what stands in the way, and takes the swipe it is made from', () =>
    on({ hash: 'campaigns/board/new' }, async (page) => {
      await page.getByTestId('item-title').fill('A post of a swipe');
      await page.getByTestId('blockers').waitFor({ state: 'detached' });
      await chooseOption(page, 'item-state', 'Published');
      await page.getByTestId('blockers').waitFor();
      await chooseOption(page, 'item-state', 'Draft');
      await page.getByTestId('blockers').waitFor({ state: 'detached' });
      await chooseOption(page, 'item-swipe', 'Review post');
      await page.getByRole('link', { name: 'Open the swipe' }).waitFor();
      await page.getByTestId('item-save').getByText('Plan it').click();
      await page.locator('[data-state="draft"]').getByText('A post of a swipe').click();
      await page.getByRole('link', { name: 'Open the swipe' }).waitFor();
    }));

  it('puts campaigns and channels in order and says how a number comes about', () =>
    on({ hash: 'campaigns/compare' }, async (page) => {
      const table = page.getByTestId('compare-table');
      await table.getByText('Profit', { exact: false }).first().click();
      const rows = table.getByRole('row');
      await expect.poll(() => rows.nth(1).textContent()).toContain('Evergreen Quora answers');
      await rows.nth(1).click();
      const figures = page.getByTestId('figures-dialog');
      await figures.getByText('2120.60 USD earned − 0.00 USD spent = 2120.60 USD.').waitFor();
      await page.keyboard.press('Escape');
      await figures.waitFor({ state: 'detached' });
      await chooseOption(page, 'compare-by', 'Channels');
      await table.getByText('Newsletter', { exact: true }).waitFor();
    }));
});
