/** Referrals, the second tier and programs side by side: what a person does there, in Chromium with the stand-in book. */
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

describe('referrals', () => {
  for (const hash of [
    'referrals',
    'referrals/new',
    'referrals/recruited',
    'referrals/recruited/r1',
    'programs/compare',
    'programs/compare/Kajabi:commission',
  ])
    for (const theme of ['light', 'dark'] as const)
      it(`${hash} has no barriers, ${theme}`, () =>
        on({ hash, theme }, async (page) => {
          await page.waitForTimeout(400);
          expect(await barriers(page)).toEqual([]);
        }));

  it('narrows by stage, opens a life and takes a note', () =>
    on({ hash: 'referrals' }, async (page) => {
      await page.getByTestId('stage-filter').click();
      await page.getByRole('option', { name: 'Past due' }).click();
      const rows = page.getByTestId('referrals-table').getByRole('row');
      await rows.nth(1).getByText('Past due').waitFor();
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
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      const cell = page.locator(':focus');
      expect(await cell.getAttribute('data-cell')).toBe('2:1');
      await page.keyboard.press('Enter');
      await page.getByTestId('card-value').fill('25%');
      await page.getByTestId('card-source').fill('their page');
      await page.getByTestId('card-save').click();
      await page.locator('[data-cell="2:1"]').getByText('25%').waitFor();
    }));

  it('keeps heading and names in sight while the cards scroll', () =>
    on({ hash: 'programs/compare', width: 1000, height: 500 }, async (page) => {
      const scroll = page.getByTestId('cards');
      await scroll.evaluate((element) => element.scrollTo(300, 300));
      const [head, box] = await Promise.all([
        scroll.locator('thead th').nth(2).boundingBox(),
        scroll.boundingBox(),
      ]);
      expect(Math.abs((head?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(3);
    }));
});
