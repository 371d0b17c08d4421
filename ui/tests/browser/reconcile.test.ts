/** Reconciliation and reports: what a person does there, in Chromium with the stand-in book. */
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, press, SMALL, settled, useBrowser } from './page';

const { on, shared } = useBrowser();

const SCREENS = ['earnings/payouts/po-0', 'earnings/payouts/po-1', 'earnings/payouts', 'earnings/report'];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  const at = shared({ hash: 'earnings', theme, ...SMALL });

  it.each(SCREENS)('%s has nothing that keeps somebody out', async (hash) => {
    await at(hash, async (page) => {
      expect(await barriers(page)).toEqual([]);
    });
  });
});

describe('reconciling', () => {
  it('counts to zero by keyboard, locks, and unlocks by undo', async () => {
    await on({ hash: 'earnings/payouts/po-0', theme: 'light', width: 1280, height: 800 }, async (page) => {
      const left = page.getByTestId('reconcile-left');
      await left.getByText('6,369.60').waitFor();
      await press(page, 't');
      await left.getByText('3,184.80').waitFor();
      await press(page, 'c');
      await left.getByText('Everything is explained').waitFor();
      await expect.poll(() => left.textContent()).toContain('0.00');
      await page.getByTestId('lock-period').click();
      await page.getByTestId('unlock-period').waitFor();
      await expect.poll(() => page.getByTestId('note-deposit').count()).toBe(0);
      await page.getByRole('link', { name: 'All payouts' }).click();
      await expect.poll(() => page.getByTestId('locks').textContent()).toContain('Kartra');
      await page.getByTestId('payouts-table').getByText('Locked').first().waitFor();
    });
  });

  it('explains what is left, with the amount that is missing put in', async () => {
    await on({ hash: 'earnings/payouts/po-1', theme: 'light', width: 1280, height: 800 }, async (page) => {
      await page.getByTestId('reconcile-left').getByText('Everything is explained').waitFor();
      await page.getByRole('button', { name: 'Not this payout' }).click();
      await press(page, 'd');
      await page.getByTestId('deposit-amount').fill('2700.00');
      await page.getByTestId('deposit-save').click();
      await page.getByTestId('reconcile-left').getByText('6.40').waitFor();
      await press(page, 'e');
      await expect.poll(() => page.getByTestId('explain-amount').inputValue()).toBe('-6.4');
      await page.getByTestId('explain-save').click();
      await page.getByTestId('reconcile-left').getByText('Everything is explained').waitFor();
    });
  });
});

describe('reports', () => {
  it('compare two periods and say how it went', async () => {
    await on({ hash: 'earnings/report', theme: 'light', width: 1280, height: 800 }, async (page) => {
      await page.getByTestId('report-chart').waitFor();
      await chooseOption(page, 'report-compare', 'A year before');
      await page.getByTestId('report-table').getByText('Change', { exact: true }).waitFor();
      await page.getByTestId('report-measures').check();
      await page.getByTestId('report-table').getByText('Refunds', { exact: true }).waitFor();
    });
  });
});

describe('saved views', () => {
  it('set the filters, and a new one is kept', async () => {
    await on({ hash: 'earnings/ledger', theme: 'light', width: 1280, height: 800 }, async (page) => {
      await page.getByTestId('views').click();
      await page.getByRole('menuitem', { name: 'Due from the blog' }).click();
      await page.waitForFunction(() => location.hash.includes('standing=due'));
      await expect.poll(() => page.getByTestId('views').textContent()).toContain('Due from the blog');
      await page.goto(`${page.url().split('#')[0]}#/earnings/ledger?standing=paid`);
      await settled(page);
      await page.getByTestId('views').click();
      await page.getByRole('menuitem', { name: 'Save this view' }).click();
      await page.getByTestId('view-name').fill('Paid');
      await page.getByRole('button', { name: 'Save this view' }).click();
      await page.getByTestId('views').getByText('Paid', { exact: true }).waitFor();
    });
  });
});
