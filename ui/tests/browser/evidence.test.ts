/** Kept copies and the report of a campaign: what a person does there, in Chromium with the stand-in book. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, openWindow, show } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let window: Awaited<ReturnType<typeof openWindow>>;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

async function on(look: Parameters<typeof show>[1], run: (page: Page) => Promise<void>) {
  const page = await show(window, look);
  page.setDefaultTimeout(30_000);
  try {
    await run(page);
    expect(complaintsOf(page)).toEqual([]);
  } finally {
    await page.context().close();
  }
}

async function barriers(page: Page): Promise<unknown[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Result = { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    const result = await (globalThis as unknown as { axe: { run: () => Promise<Result> } }).axe.run();
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]);
  });
}

const rows = (page: Page) => page.getByTestId('evidence-table').locator('[role=row][aria-rowindex]');

describe.each(['light', 'dark'] as const)('in %s, at the smallest size', (theme) => {
  it('copies and the report have no barriers and fit', async () => {
    await on({ theme, hash: 'compliance/-/evidence', width: 1000, height: 700 }, async (page) => {
      await rows(page).nth(1).click();
      await page.getByTestId('copy-compare').click();
      await page.getByTestId('copy-diff').waitFor();
      await page.getByTestId('copy-words').click();
      expect(await barriers(page)).toEqual([]);
      await page.evaluate(() => {
        location.hash = '#/compliance/-/report';
      });
      await page.getByTestId('report-fit').waitFor();
      expect(await barriers(page)).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(over).toBeLessThanOrEqual(1000);
    });
  });
});

it('accepts a finding with a reason, after which it no longer stands in the way', async () => {
  await on({ hash: 'compliance/-/report' }, async (page) => {
    const failed = page.getByTestId('report-blocker').filter({ hasText: 'The last check of' });
    await failed.getByRole('link').click();
    await page.getByTestId('finding-accept').click();
    await page.getByTestId('finding-reason').fill('Quoted from a court');
    await page.keyboard.press('Enter');
    await page.getByTestId('finding-reopen').waitFor();
    await page.getByRole('tab', { name: 'Report' }).click();
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
    await page.getByRole('tab', { name: 'Evidence' }).click();
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
    await page.getByTestId('report-bundle').click();
    await page.getByTestId('progress').waitFor();
    await page.getByText('Bundle of 12 files written').waitFor();
    await page.getByTestId('bundle-verify').click();
    await page.getByTestId('bundle-problems').getByText('report.md is not what').waitFor();
  });
});
