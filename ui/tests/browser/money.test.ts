/** Earnings and compliance: what a person does there, in Chromium with the stand-in book. */
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, go, press, SMALL, settled, sideways, useBrowser } from './page';

const { on, shared } = useBrowser();

const SCREENS = [
  'earnings/ledger',
  'earnings/ledger/row-90',
  'earnings/payouts',
  'earnings/report',
  'compliance/kartra/item/disclosure',
  'compliance/-/text',
  'compliance/-/wordings',
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  const at = shared({ hash: 'earnings', theme, ...SMALL });

  it.each(SCREENS)('%s has nothing that keeps somebody out', async (hash) => {
    await at(hash, async (page) => {
      expect(await barriers(page)).toEqual([]);
    });
  });
});

it('never scrolls sideways at the smallest size', async () => {
  await on({ hash: 'earnings', ...SMALL }, async (page) => {
    for (const hash of [...SCREENS, 'earnings', 'connections', 'compliance']) {
      await go(page, hash);
      expect(await sideways(page), hash).toEqual([0, 0]);
    }
  });
});

describe('earnings', () => {
  it('leads from a figure to its rows, and from a row to its story', async () => {
    await on({ hash: 'earnings' }, async (page) => {
      await page.getByTestId('figure-due').click();
      await expect.poll(() => page.getByTestId('filter-standing').textContent()).toContain('Due');
      await settled(page);
      await page.getByTestId('ledger-table').getByRole('row').nth(1).click();
      await expect.poll(() => page.getByTestId('row-story').textContent()).toContain('You earn 40%');
      await expect.poll(() => page.getByTestId('row-amount').textContent()).toMatch(/\d/);
      await settled(page);
      const first = page.url();
      await press(page, 'j', 'j');
      await expect.poll(() => page.url()).not.toBe(first);
      await press(page, 'Escape');
      await expect.poll(() => page.getByTestId('row-story').count()).toBe(0);
      await expect.poll(() => page.url()).toContain('standing=due');
    });
  });

  it('keeps a hundred thousand rows in reach', async () => {
    await on({ hash: 'earnings/ledger', book: 'large' }, async (page) => {
      await chooseOption(page, 'filter-period', 'All time');
      await expect.poll(() => page.getByTestId('ledger-count').textContent()).toBe('100,000 rows');
      const table = page.getByTestId('ledger-table');
      expect(await table.getByRole('row').count()).toBeLessThan(80);
      await table.getByRole('grid').press('End');
      await table.locator('[aria-rowindex="100001"]').getByRole('gridcell').nth(3).waitFor();
      expect(await table.getByRole('row').count()).toBeLessThan(80);
    });
  });

  it('says where nothing matches, and leads back', async () => {
    await on({ hash: 'earnings/ledger' }, async (page) => {
      await page.getByTestId('search').fill('no such thing');
      await page.getByText('No rows match').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.getByTestId('ledger-count').waitFor();
    });
  });

  it('records a payment and takes it back', async () => {
    await on({ hash: 'earnings/payouts' }, async (page) => {
      await page.getByTestId('primary-action').click();
      await page.getByTestId('payment-save').click();
      await page.getByText('Write the amount as a number').waitFor();
      await page.getByTestId('payment-amount').fill('119.60');
      await page.getByTestId('payment-save').click();
      const rows = page.getByTestId('payouts-table').getByRole('row');
      await expect.poll(() => rows.count()).toBe(5);
      await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => rows.count()).toBe(4);
    });
  });

  it('hides every amount with one key', async () => {
    await on({ hash: 'earnings/ledger/row-90' }, async (page) => {
      await page.getByTestId('row-story').waitFor();
      await press(page, 'h');
      await expect.poll(() => page.getByTestId('detail-pane').textContent()).not.toMatch(/\d\.\d\d/);
      await expect.poll(() => page.getByTestId('ledger-table').textContent()).not.toMatch(/\d\.\d\d/);
    });
  });
});

describe('compliance', () => {
  it('decides an item with evidence, and undoes it', async () => {
    await on({ hash: 'compliance' }, async (page) => {
      const progress = page.getByTestId('checklist-progress');
      await expect.poll(() => progress.textContent()).toBe('3 of 9 done');
      await page.getByRole('link', { name: 'Send no junk mail' }).click();
      await page.getByTestId('state-done').check({ force: true });
      await page.getByTestId('evidence-url').check({ force: true });
      await page.getByTestId('evidence-input').fill('ana.example');
      await page.getByTestId('item-save').click();
      await page.getByText('Begin it with https://').waitFor();
      await page.getByTestId('evidence-input').fill('https://ana.example/imprint');
      await page.getByTestId('item-save').click();
      await page.getByTestId('evidence').getByText('https://ana.example/imprint').waitFor();
      await expect.poll(() => progress.textContent()).toBe('4 of 9 done');
      await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => progress.textContent()).toBe('3 of 9 done');
    });
  });

  it('notes that the new terms were accepted', async () => {
    await on({ hash: 'compliance/kartra' }, async (page) => {
      await page.getByTestId('terms-accept').click();
      await expect.poll(() => page.getByTestId('checklist-version').textContent()).toContain('accepted on');
      await expect.poll(() => page.getByTestId('terms-accept').count()).toBe(0);
    });
  });

  it('marks what is wrong while one writes, and helps to mend it', async () => {
    await on({ hash: 'compliance/-/text' }, async (page) => {
      await page.getByTestId('text-input').fill('😀 Try it: https://try.kartra.com/ana');
      const finding = page.getByTestId('finding');
      await expect.poll(() => finding.count()).toBe(1);
      await finding.getByRole('button').first().click();
      const marked = () =>
        page
          .getByTestId('text-input')
          .evaluate((field: HTMLTextAreaElement) =>
            field.value.slice(field.selectionStart, field.selectionEnd),
          );
      await expect.poll(marked).toBe('https://try.kartra.com/ana');
      await page.getByTestId('finding-insert').click();
      await expect.poll(() => finding.count()).toBe(0);
      await page.getByText('Nothing found against the rules known here.').waitFor();
    });
  });
});
