/** Reconciliation and reports: what a person does there, in Chromium with the stand-in book. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWindow, show } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let window: Awaited<ReturnType<typeof openWindow>>;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

async function on(look: Parameters<typeof show>[1], run: (page: Page) => Promise<void>) {
  const errors: string[] = [];
  const page = await show(window, look);
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await run(page);
    expect(errors).toEqual([]);
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

const SCREENS = ['earnings/payouts/po-0', 'earnings/payouts/po-1', 'earnings/payouts', 'earnings/report'];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it.each(SCREENS)('%s has nothing that keeps somebody out', async (hash) => {
    await on({ hash, theme, width: 1000, height: 700 }, async (page) => {
      await page.waitForTimeout(300);
      expect(await barriers(page)).toEqual([]);
    });
  });
});

describe('reconciling', () => {
  it('counts to zero by keyboard, locks, and unlocks by undo', async () => {
    await on({ hash: 'earnings/payouts/po-0', theme: 'light', width: 1280, height: 800 }, async (page) => {
      const left = page.getByTestId('reconcile-left');
      await left.getByText('6,369.60').waitFor();
      await page.keyboard.press('t');
      await left.getByText('3,184.80').waitFor();
      await page.keyboard.press('c');
      await left.getByText('Everything is explained').waitFor();
      expect(await left.textContent()).toContain('0.00');
      await page.getByTestId('lock-period').click();
      await page.getByTestId('unlock-period').waitFor();
      expect(await page.getByTestId('note-deposit').count()).toBe(0);
      await page.getByRole('link', { name: 'All payouts' }).click();
      await page.getByTestId('locks').getByText('Kartra').waitFor();
      await page.getByTestId('payouts-table').getByText('Locked').first().waitFor();
    });
  });

  it('explains what is left, with the amount that is missing put in', async () => {
    await on({ hash: 'earnings/payouts/po-1', theme: 'light', width: 1280, height: 800 }, async (page) => {
      await page.getByTestId('reconcile-left').getByText('Everything is explained').waitFor();
      await page.getByRole('button', { name: 'Not this payout' }).click();
      await page.keyboard.press('d');
      await page.getByTestId('deposit-amount').fill('2700.00');
      await page.getByTestId('deposit-save').click();
      await page.getByTestId('reconcile-left').getByText('6.40').waitFor();
      await page.keyboard.press('e');
      expect(await page.getByTestId('explain-amount').inputValue()).toBe('-6.4');
      await page.getByTestId('explain-save').click();
      await page.getByTestId('reconcile-left').getByText('Everything is explained').waitFor();
    });
  });
});

describe('reports', () => {
  it('compare two periods and say how it went', async () => {
    await on({ hash: 'earnings/report', theme: 'light', width: 1280, height: 800 }, async (page) => {
      await page.getByTestId('report-chart').waitFor();
      await page.getByTestId('report-compare').click();
      await page.getByRole('option', { name: 'A year before' }).click();
      await page.getByTestId('report-table').getByText('Change').waitFor();
      await page.getByTestId('report-measures').check();
      await page.getByTestId('report-table').getByText('Refunds').waitFor();
    });
  });
});

describe('saved views', () => {
  it('set the filters, and a new one is kept', async () => {
    await on({ hash: 'earnings/ledger', theme: 'light', width: 1280, height: 800 }, async (page) => {
      await page.getByTestId('views').click();
      await page.getByRole('menuitem', { name: 'Due from the blog' }).click();
      await page.waitForFunction(() => location.hash.includes('standing=due'));
      expect(await page.getByTestId('views').textContent()).toContain('Due from the blog');
      await page.goto(`${page.url().split('#')[0]}#/earnings/ledger?standing=paid`);
      await page.getByTestId('views').click();
      await page.getByRole('menuitem', { name: 'Save this view' }).click();
      await page.getByTestId('view-name').fill('Paid');
      await page.getByRole('button', { name: 'Save this view' }).click();
      await page.getByTestId('views').getByText('Paid').waitFor();
    });
  });
});
