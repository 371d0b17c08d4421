/** What is planned for campaigns, and their results side by side: what a person does there, in Chromium. */
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

const screens: [string, string][] = [
  ['campaigns/calendar', 'calendar'],
  ['campaigns/board/ci-4', 'board'],
  ['campaigns/compare', 'compare-table'],
];

describe('campaigns', () => {
  for (const [hash, ready] of screens)
    for (const theme of ['light', 'dark'] as const)
      it(`${hash} has no barriers, ${theme}`, () =>
        on({ hash, theme }, async (page) => {
          await page.getByTestId(ready).waitFor();
          expect(await barriers(page)).toEqual([]);
        }));

  it('moves an item on the calendar by keys, keeps the focus, and takes it back', () =>
    on({ hash: 'campaigns/calendar' }, async (page) => {
      const day = (text: string) => page.locator(`[data-day="${text}"]`);
      const title = /^Walk through the page builder/;
      await day('2026-03-12').getByRole('button', { name: title }).focus();
      await page.keyboard.press('Alt+ArrowDown');
      await day('2026-03-19').getByRole('button', { name: title }).waitFor();
      await page.locator('[data-day="2026-03-19"] [data-item]:focus').waitFor();
      await page.keyboard.press('m');
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
      await page.keyboard.press('Alt+ArrowRight');
      await card('published').waitFor();
      await column('published').locator('[data-item]:focus').waitFor();
      await card('published').dragTo(column('draft'));
      await card('draft').waitFor();
    }));

  it('plans something on a day', () =>
    on({ hash: 'campaigns/calendar' }, async (page) => {
      await page.getByRole('button', { name: 'Plan something on March 20' }).click();
      await page.getByTestId('item-title').fill('A new idea');
      await page.getByTestId('item-save').click();
      await page.locator('[data-day="2026-03-20"]').getByText('A new idea').waitFor();
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
      await page.getByTestId('compare-by').click();
      await page.getByRole('option', { name: 'Channels' }).click();
      await table.getByText('Newsletter').waitFor();
    }));
});
