/** Earnings, imports, the forecast and compliance: what a person does there, in Chromium with the stand-in book. */
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
  page.setDefaultTimeout(10_000);
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

/** Answers the file dialog of the system. */
async function pick(page: Page, path: string) {
  await page.evaluate((chosen) => {
    (globalThis as unknown as { __perennialPick: () => string }).__perennialPick = () => chosen;
  }, path);
}

async function chooseOption(page: Page, testId: string, name: string) {
  await page.getByTestId(testId).click();
  await page.getByRole('option', { name, exact: true }).click();
}

async function openFile(page: Page, path: string) {
  await pick(page, path);
  await page.getByTestId('choose-file').click();
  await page.getByTestId('import-preview').waitFor();
}

const SCREENS = [
  'earnings/ledger',
  'earnings/ledger/row-90',
  'earnings/payouts',
  'earnings/report',
  'connections/networks',
  'compliance/kartra/item/disclosure',
  'compliance/-/text',
  'compliance/-/wordings',
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it.each(SCREENS)('%s has nothing that keeps somebody out', async (hash) => {
    await on({ hash, theme, width: 1000, height: 700 }, async (page) => {
      await page.waitForTimeout(200);
      expect(await barriers(page)).toEqual([]);
    });
  });

  it('nor does a file on its way in', async () => {
    await on({ hash: 'connections', theme }, async (page) => {
      await openFile(page, '/reports/awin-march.csv');
      expect(await barriers(page)).toEqual([]);
      await chooseOption(page, 'import-currency', 'USD');
      await page.getByTestId('import-check').click();
      await page.getByTestId('import-dry-run').waitFor();
      expect(await barriers(page)).toEqual([]);
    });
  });
});

it('never scrolls sideways at the smallest size', async () => {
  for (const hash of [...SCREENS, 'earnings', 'forecast', 'connections', 'compliance']) {
    await on({ hash, width: 1000, height: 700 }, async (page) => {
      await page.waitForTimeout(200);
      const wide = await page
        .getByTestId('content')
        .evaluate((element) => [
          element.scrollWidth - element.clientWidth,
          document.documentElement.scrollWidth,
        ]);
      expect(wide, hash).toEqual([0, 1000]);
    });
  }
});

describe('earnings', () => {
  it('leads from a figure to its rows, and from a row to its story', async () => {
    await on({ hash: 'earnings' }, async (page) => {
      await page.getByTestId('figure-due').click();
      await expect.poll(() => page.getByTestId('filter-standing').textContent()).toContain('Due');
      await page.getByTestId('ledger-table').getByRole('row').nth(1).click();
      await page.getByTestId('row-story').waitFor();
      expect(await page.getByTestId('row-story').textContent()).toContain('You earn 40%');
      const first = await page.getByTestId('row-amount').textContent();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await expect.poll(() => page.url()).not.toContain(`row-0`);
      expect(first).toMatch(/\d/);
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByTestId('row-story').count()).toBe(0);
      expect(page.url()).toContain('standing=due');
    });
  });

  it('keeps a hundred thousand rows in reach', async () => {
    await on({ hash: 'earnings/ledger', book: 'large' }, async (page) => {
      await page.getByTestId('filter-period').click();
      await page.getByRole('option', { name: 'All time' }).click();
      await expect.poll(() => page.getByTestId('ledger-count').textContent()).toBe('100,000 rows');
      const table = page.getByTestId('ledger-table');
      expect(await table.getByRole('row').count()).toBeLessThan(80);
      await table.getByRole('grid').press('End');
      await table
        .locator('[aria-rowindex="100001"]')
        .getByRole('gridcell')
        .nth(3)
        .waitFor({ timeout: 30_000 });
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
      await page.keyboard.press('h');
      await expect.poll(() => page.getByTestId('detail-pane').textContent()).not.toMatch(/\d\.\d\d/);
      expect(await page.getByTestId('ledger-table').textContent()).not.toMatch(/\d\.\d\d/);
    });
  });
});

describe('imports', () => {
  it('show what would happen, do it, and undo it', async () => {
    await on({ hash: 'connections' }, async (page) => {
      await openFile(page, '/reports/awin-march.csv');
      await page.getByTestId('import-check').click();
      await page.getByText('Choose the currency of the amounts.').waitFor();
      await chooseOption(page, 'import-currency', 'USD');
      await page.getByTestId('import-check').click();
      const check = page.getByTestId('import-dry-run');
      await check.waitFor();
      const count = async (key: string) => Number(await check.getByTestId(`count-${key}`).textContent());
      const parts =
        (await count('new')) + (await count('changed')) + (await count('same')) + (await count('refused'));
      expect(await count('read')).toBe(parts);
      expect(await page.getByTestId('import-refused').textContent()).toContain('is no amount');
      await page.getByTestId('import-run').click();
      await page.getByTestId('import-done').waitFor();
      await page.getByTestId('import-undo').click();
      await page.getByText('Imported, and undone again.').waitFor();
      await page.getByTestId('import-close').click();
      await page.getByTestId('batches-table').getByText('awin-march.csv').waitFor();
    });
  });

  it('let one say what unknown columns mean, and remember it', async () => {
    await on({ hash: 'connections' }, async (page) => {
      await openFile(page, '/reports/portal export 2026-02.csv');
      await chooseOption(page, 'import-currency', 'EUR');
      await page.getByTestId('import-check').click();
      await page.getByText('Choose the column.').waitFor();
      await chooseOption(page, 'map-commission', 'Provision');
      await page.getByText('Such as 39,60').waitFor();
      expect(await page.getByTestId('map-name').inputValue()).toBe('portal export');
      await page.getByTestId('import-check').click();
      await page.getByTestId('import-dry-run').getByText('portal export').waitFor();
    });
  });

  it('of a large file can be stopped, and nothing is written', async () => {
    await on({ hash: 'connections' }, async (page) => {
      await openFile(page, '/reports/big.csv');
      await chooseOption(page, 'import-currency', 'USD');
      await page.getByTestId('import-check').click();
      await page.getByTestId('progress').getByText('of 300,000').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).last().click();
      await expect.poll(() => page.getByTestId('progress').count()).toBe(0);
      expect(await page.getByTestId('import-dry-run').count()).toBe(0);
      expect(await page.getByTestId('error-notice').count()).toBe(0);
    });
  });

  it('that cannot be undone alone say what stands in the way', async () => {
    await on({ hash: 'connections' }, async (page) => {
      await page.getByRole('button', { name: 'Undo kartra' }).click();
      await page.getByTestId('toast').getByText('Undo these first').waitFor();
    });
  });
});

describe('connections', () => {
  it('are added, synced and removed', async () => {
    await on({ hash: 'connections/networks' }, async (page) => {
      await page.getByTestId('primary-action').click();
      await page.getByTestId('connection-save').click();
      await page.getByText('Give it a name.').waitFor();
      await page.getByTestId('connection-name').fill('Second account');
      await page.getByTestId('connection-save').click();
      const card = page.getByRole('article', { name: 'Second account' });
      await card.getByText('No key').waitFor();
      await card.getByTestId('connection-sync').click();
      await page.getByTestId('key-secret').fill('secret-key');
      await page.getByTestId('key-save').click();
      await card.getByTestId('sync-result').waitFor();
      expect(await card.textContent()).toContain('under_review');
      await card.getByTestId('connection-remove').click();
      await page.getByTestId('connection-remove-sure').click();
      await expect.poll(() => card.count()).toBe(0);
    });
  });
});

describe('the forecast', () => {
  it('answers a slider at once, and goes back to the book', async () => {
    await on({ hash: 'forecast' }, async (page) => {
      const words = page.getByTestId('forecast-words');
      await words.waitFor();
      const before = await words.textContent();
      const slider = page.getByTestId('slider-trial-conversion');
      await slider.focus();
      for (let step = 0; step < 12; step++) await slider.press('ArrowRight');
      await expect.poll(() => words.textContent()).not.toBe(before);
      await page.getByTestId('forecast-reset').click();
      await expect.poll(() => words.textContent()).toBe(before);
      expect(await slider.getAttribute('aria-valuetext')).toBe('54%');
    });
  });

  it('is there as a table, as far ahead as one likes', async () => {
    await on({ hash: 'forecast' }, async (page) => {
      const chart = page.getByTestId('forecast-chart');
      await chart.waitFor();
      await chart.getByRole('button', { name: 'Show as a table' }).click();
      await expect.poll(() => chart.getByRole('row').count()).toBe(25);
      await chooseOption(page, 'forecast-horizon', '12 months');
      await expect.poll(() => chart.getByRole('row').count()).toBe(13);
    });
  });
});

describe('compliance', () => {
  it('decides an item with evidence, and undoes it', async () => {
    await on({ hash: 'compliance' }, async (page) => {
      const progress = page.getByTestId('checklist-progress');
      await progress.waitFor();
      expect(await progress.textContent()).toBe('3 of 9 done');
      await page.getByRole('link', { name: 'Send no junk mail' }).click();
      await page.getByTestId('state-done').check({ force: true });
      await page.getByTestId('evidence-url').check({ force: true });
      await page.getByTestId('evidence-input').fill('ana.example');
      await page.getByTestId('item-save').click();
      await page.getByText('Begin it with https://').waitFor();
      await page.getByTestId('evidence-input').fill('https://ana.example/imprint');
      await page.getByTestId('item-save').click();
      await page.getByTestId('evidence').getByText('https://ana.example/imprint').waitFor();
      expect(await progress.textContent()).toBe('4 of 9 done');
      await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => progress.textContent()).toBe('3 of 9 done');
    });
  });

  it('notes that the new terms were accepted', async () => {
    await on({ hash: 'compliance/kartra' }, async (page) => {
      await page.getByTestId('terms-accept').click();
      await expect.poll(() => page.getByTestId('checklist-version').textContent()).toContain('accepted on');
      expect(await page.getByTestId('terms-accept').count()).toBe(0);
    });
  });

  it('marks what is wrong while one writes, and helps to mend it', async () => {
    await on({ hash: 'compliance/-/text' }, async (page) => {
      await page.getByTestId('text-input').fill('😀 Try it: https://try.kartra.com/ana');
      const finding = page.getByTestId('finding');
      await expect.poll(() => finding.count()).toBe(1);
      await finding.getByRole('button').first().click();
      const marked = await page
        .getByTestId('text-input')
        .evaluate((field: HTMLTextAreaElement) =>
          field.value.slice(field.selectionStart, field.selectionEnd),
        );
      expect(marked).toBe('https://try.kartra.com/ana');
      await page.getByTestId('finding-insert').click();
      await expect.poll(() => finding.count()).toBe(0);
      await page.getByText('Nothing found against the rules known here.').waitFor();
    });
  });
});
