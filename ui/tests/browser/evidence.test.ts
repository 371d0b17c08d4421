/** Kept copies and the report of a campaign: what a person does there, in Chromium with the stand-in book. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers, go, passing, SMALL, sideways, useBrowser } from './page';

const { on } = useBrowser();

const rows = (page: Page) => page.getByTestId('evidence-table').locator('[role=row][aria-rowindex]');

describe.each(['light', 'dark'] as const)('in %s, at the smallest size', (theme) => {
  it('copies and the report have no barriers and fit', async () => {
    await on({ theme, hash: 'compliance/-/evidence', ...SMALL }, async (page) => {
      await rows(page).nth(1).click();
      await page.getByTestId('copy-compare').click();
      await page.getByTestId('copy-diff').waitFor();
      await page.getByTestId('copy-words').click();
      expect(await barriers(page)).toEqual([]);
      await go(page, 'compliance/-/report');
      await page.getByTestId('report-fit').waitFor();
      expect(await barriers(page)).toEqual([]);
      expect((await sideways(page))[1]).toBe(0);
    });
  });
});

it('accepts a finding with a reason, after which it no longer stands in the way', async () => {
  await on({ hash: 'compliance/-/report' }, async (page) => {
    const failed = page.getByTestId('report-blocker').filter({ hasText: 'The last check of' });
    await failed.getByRole('link').click();
    await page.getByTestId('finding-accept').click();
    await page.getByTestId('finding-reason').fill('Quoted from a court');
    await page.getByTestId('finding-reason').press('Enter');
    await page.getByTestId('finding-reopen').waitFor();
    await page.getByRole('tab', { name: 'Report', exact: true }).click();
    await page.getByTestId('report-fit').waitFor();
    await expect.poll(() => failed.count()).toBe(0);
  });
});

it('keeps a text as it stands, and takes a removed copy back', async () => {
  await on({ hash: 'compliance/-/text' }, async (page) => {
    await page.getByTestId('text-input').fill('Ad: I earn a commission. https://try.kartra.com/anna');
    await page.getByTestId('keep-copy').click();
    await page.getByTestId('keep-name').fill('Post of today');
    await page.getByTestId('keep-save').click();
    await page.getByTestId('keep-dialog').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Evidence', exact: true }).click();
    const mine = rows(page).filter({ hasText: 'Post of today' });
    await mine.click();
    await page.getByTestId('copy-remove').click();
    await expect.poll(() => mine.count()).toBe(0);
    await page
      .getByTestId('toast')
      .filter({ hasText: 'Copy removed' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await mine.waitFor();
  });
});

it('writes a bundle with its progress, and names what is wrong with a broken one', async () => {
  await on({ hash: 'compliance/-/report' }, async (page) => {
    await page.evaluate(() => {
      globalThis.window.__perennialPick = (kind) => (kind === 'save' ? '/tmp/a.zip' : '/tmp/broken.zip');
    });
    const worked = await passing(page, 'progress');
    await page.getByTestId('report-bundle').click();
    await worked();
    await page.getByText('Bundle of 12 files written').waitFor();
    await page.getByTestId('bundle-verify').click();
    await page.getByTestId('bundle-problems').getByText('report.md is not what').waitFor();
  });
});
