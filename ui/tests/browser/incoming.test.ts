/** Imports, the inbox and connections: what a person does there, in Chromium with the stand-in book. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, pick, press, SMALL, settled, sideways, useBrowser } from './page';

const { on, shared } = useBrowser();

async function fits(page: Page) {
  expect(await sideways(page)).toEqual([0, 0]);
}

async function openFile(page: Page, path: string) {
  await pick(page, path);
  await page.getByTestId('choose-file').click();
  await page.getByTestId('import-preview').waitFor();
}

/** Drops a file of a name onto the window. */
async function dropFile(page: Page, name: string) {
  await page.evaluate((fileName) => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], fileName));
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
  }, name);
}

describe.each(['light', 'dark'] as const)('in %s, at the smallest size', (theme) => {
  const at = shared({ hash: 'connections', theme, ...SMALL });

  it.each([
    'connections/inbox',
    'connections/inbox/b-1',
    'connections/import',
    'connections/import/mappings',
    'connections/networks',
    'connections/networks/kartra/log',
  ])('%s keeps nobody out', async (hash) => {
    await at(hash, async (page) => {
      expect(await barriers(page)).toEqual([]);
      await fits(page);
    });
  });

  it('nor does any step of an import', async () => {
    await on({ hash: 'connections/import', theme, ...SMALL }, async (page) => {
      await openFile(page, '/reports/portal export 2026-02.csv');
      for (const step of ['file', 'columns', 'words']) {
        await page.getByTestId(`import-step-${step}`).click();
        expect(await barriers(page)).toEqual([]);
        await fits(page);
      }
      await page.getByTestId('import-close').click();
      await openFile(page, '/reports/awin-march.csv');
      await chooseOption(page, 'import-currency', 'USD');
      await page.getByTestId('import-check').click();
      await page.getByTestId('import-dry-run').waitFor();
      expect(await barriers(page)).toEqual([]);
      await fits(page);
    });
  });
});

it('an empty book says what will be here', async () => {
  await on({ hash: 'connections', book: 'empty', ...SMALL }, async (page) => {
    await page.getByText('What changed will be here').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('a file', () => {
  it('dropped anywhere is looked into', async () => {
    await on({ hash: 'overview' }, async (page) => {
      await dropFile(page, 'awin-march.csv');
      await page.getByTestId('import-preview').getByText('90011').waitFor();
      await expect.poll(() => page.url()).toContain('#/connections/import');
    });
  });

  it('shows each correction on its first rows', async () => {
    await on({ hash: 'connections/import' }, async (page) => {
      await openFile(page, '/reports/portal export 2026-02.csv');
      await page.getByText('No row proves it. Look at the days below.').waitFor();
      await chooseOption(page, 'import-delimiter', 'Comma');
      await page.getByTestId('import-preview').getByText('Datum;Kunde').waitFor();
      await chooseOption(page, 'import-delimiter', 'Find out');
      await page.getByTestId('import-preview').getByText('Kunde 1').waitFor();
      await page.getByTestId('import-header-line').fill('5');
      await page.getByTestId('import-header-line').press('Tab');
      await page.getByText('Line 5 names the columns.').waitFor();
    });
  });

  it('of several sheets lets one choose', async () => {
    await on({ hash: 'connections/import' }, async (page) => {
      await openFile(page, '/reports/commissions.xlsx');
      await chooseOption(page, 'import-sheet', 'Payouts');
      await expect.poll(() => page.getByTestId('import-sheet').textContent()).toContain('Payouts');
      await expect.poll(() => page.getByTestId('import-delimiter').count()).toBe(0);
    });
  });

  it('is mapped by dragging and by keyboard, its words are told once, and both are remembered', async () => {
    await on({ hash: 'connections/import' }, async (page) => {
      await openFile(page, '/reports/portal export 2026-02.csv');
      await chooseOption(page, 'import-currency', 'EUR');
      await page.getByTestId('import-check').click();
      await page.getByText('Choose the column.').waitFor();
      await settled(page);
      const chip = await page.locator('[data-column="Provision"]').boundingBox();
      const field = await page.locator('[data-field="commission"]').boundingBox();
      if (!chip || !field) throw new Error('nothing to drag');
      await page.mouse.move(chip.x + 20, chip.y + 10);
      await page.mouse.down();
      await page.mouse.move(field.x + 40, field.y + 40, { steps: 4 });
      await page.mouse.up();
      await page.getByText('Such as 39,60').waitFor();
      await page.getByTestId('map-add-sub-id').click();
      await page.getByTestId('map-sub_id-2').press('Enter');
      await page.getByRole('option', { name: 'Sub 4', exact: true }).waitFor();
      await press(page, 'End', 'Enter');
      await expect.poll(() => page.getByTestId('map-sub_id-2').textContent()).toContain('Sub 4');
      await page.getByTestId('import-preview').getByText('is no amount').waitFor();
      await expect.poll(() => page.getByTestId('map-name').inputValue()).toBe('portal export');

      await page.getByTestId('import-next').click();
      await chooseOption(page, 'word-approval-bestätigt', 'Approved');
      await page.getByTestId('import-preview').getByText('Approved').first().waitFor();
      await page.getByTestId('import-check').click();
      await page.getByTestId('import-dry-run').getByText('portal export').waitFor();
      await page.getByTestId('import-say-words').click();
      await chooseOption(page, 'word-approval-9', 'Reversed');
      await chooseOption(page, 'word-approval-in Prüfung', 'Pending');
      await page.getByTestId('import-check').click();
      await page.getByTestId('import-dry-run').waitFor();
      await expect.poll(() => page.getByTestId('import-unknown').count()).toBe(0);
      await page.getByTestId('import-run').click();
      await page.getByTestId('import-done').waitFor();
      await page.getByTestId('import-close').click();

      await openFile(page, '/reports/portal export 2026-03.csv');
      await expect.poll(() => page.getByTestId('import-profile').textContent()).toContain('portal export');
      await page.getByTestId('import-close').click();
      await page.getByTestId('mappings').click();
      const pane = page.getByTestId('detail-pane');
      await pick(page, '/out/portal export.toml');
      await pane.getByRole('button', { name: 'Write portal export into a file' }).click();
      await page.getByText('Mapping “portal export” written').waitFor();
      await pick(page, '/in/shared.toml');
      await page.getByTestId('mapping-import').click();
      await pane.getByRole('button', { name: 'Remove shared' }).click();
      await expect.poll(() => pane.getByRole('button', { name: 'Remove shared' }).count()).toBe(0);
    });
  });

  it('shows what would happen to the row, takes choices, does it, and is undone', async () => {
    await on({ hash: 'connections/import' }, async (page) => {
      await openFile(page, '/reports/awin-march.csv');
      await page.getByTestId('import-check').click();
      await page.getByText('Choose the currency of the amounts.').waitFor();
      await chooseOption(page, 'import-currency', 'USD');
      await page.getByTestId('import-check').click();
      const check = page.getByTestId('import-dry-run');
      const figure = async (key: string) => Number(await check.getByTestId(`count-${key}`).textContent());
      await check.waitFor();
      await settled(page);
      const adds = async () =>
        (await figure('new')) +
        (await figure('changed')) +
        (await figure('same')) +
        (await figure('refused'));
      expect(await figure('read')).toBe(await adds());
      await check.getByTestId('duplicate-skip').first().click();
      await expect.poll(() => figure('new')).toBe(117);
      await check.getByTestId('duplicates-skip-all').click();
      await expect.poll(() => figure('new')).toBe(115);
      await check.getByTestId('duplicates-take-all').click();
      await expect.poll(() => figure('new')).toBe(118);
      await check.getByTestId('duplicate-skip').first().click();
      await expect.poll(() => figure('new')).toBe(117);
      await settled(page);
      expect(await figure('read')).toBe(await adds());
      await expect.poll(() => page.getByTestId('import-refused').textContent()).toContain('is no amount');
      await pick(page, '/out/awin-march refused.csv');
      await page.getByTestId('refused-save').click();
      await page.getByText('Saved as awin-march refused.csv').waitFor();
      await press(page, 'h');
      await expect.poll(() => check.textContent()).not.toMatch(/\d\.\d\d/);
      await press(page, 'h');
      await page.getByTestId('import-run').click();
      await page.getByTestId('import-done').waitFor();
      await page.getByTestId('import-undo').click();
      await page.getByText('Imported, and undone again.').waitFor();
      await page.getByTestId('import-close').click();
      await page.getByTestId('batches-table').getByText('awin-march.csv').waitFor();
    });
  });

  it('that is large can be stopped, and nothing is written', async () => {
    await on({ hash: 'connections/import' }, async (page) => {
      await openFile(page, '/reports/big.csv');
      await chooseOption(page, 'import-currency', 'USD');
      await page.getByTestId('import-check').click();
      await page.getByTestId('progress').getByText('of 300,000').waitFor();
      await page.getByTestId('progress').getByRole('button', { name: 'Cancel' }).click();
      await expect.poll(() => page.getByTestId('progress').count()).toBe(0);
      await settled(page);
      expect(await page.getByTestId('import-dry-run').count()).toBe(0);
      expect(await page.getByTestId('error-notice').count()).toBe(0);
    });
  });

  it('whose import later ones built on says what stands in the way', async () => {
    await on({ hash: 'connections/import' }, async (page) => {
      await page.getByRole('button', { name: 'Undo awin-transactions-february.csv' }).click();
      await page.getByTestId('toast').getByText('Undo these first').waitFor();
    });
  });
});

describe('what changed', () => {
  it('is counted, looked at, decided row by row and accepted', async () => {
    await on({ hash: 'connections' }, async (page) => {
      await expect.poll(() => page.getByTestId('nav-connections').textContent()).toMatch(/[2-9]/);
      await expect.poll(() => page.getByTestId('inbox-entry').count()).toBe(2);
      await page.getByRole('link', { name: 'kartra', exact: true }).click();
      const batch = page.getByTestId('inbox-batch');
      await expect.poll(() => page.getByTestId('inbox-vanished').textContent()).toContain('119.20');
      await expect.poll(() => batch.textContent()).toContain('under_review');
      await expect.poll(() => batch.textContent()).toMatch(/Pending.*→.*Approved/);
      await batch.getByTestId('duplicate-skip').first().click();
      await expect.poll(() => batch.locator('[data-decision="skip"]').count()).toBe(1);
      await batch.getByTestId('duplicates-take-all').click();
      await expect.poll(() => batch.locator('[data-decision="take"]').count()).toBe(3);
      await batch.getByTestId('inbox-accept').click();
      await expect.poll(() => page.getByTestId('inbox-entry').count()).toBe(1);
      await page.getByTestId('inbox-all').check();
      await expect.poll(() => page.getByTestId('inbox-entry').count()).toBe(2);
    });
  });

  it('is reached and accepted by keyboard, and nothing is left to see', async () => {
    await on({ hash: 'connections' }, async (page) => {
      await page.getByTestId('inbox-entry').first().waitFor();
      await press(page, 'j');
      await press(page, 'a');
      await expect.poll(() => page.getByTestId('inbox-entry').count()).toBe(1);
      await press(page, 'k');
      await press(page, 'a');
      await page.getByText('Nothing new since last time').waitFor();
    });
  });
});

describe('connections', () => {
  it('are added by what the network asks for, tested, synced and removed', async () => {
    await on({ hash: 'connections/networks' }, async (page) => {
      await page.getByTestId('primary-action').click();
      await page.getByTestId('connection-network').waitFor();
      await settled(page);
      expect(await page.getByTestId('connection-account').count()).toBe(0);
      await chooseOption(page, 'connection-network', 'Kartra');
      await page.getByTestId('connection-save').click();
      await page.getByText('Give it a name.').waitFor();
      await page.getByText('Fill in: Affiliate username.').waitFor();
      await page.getByTestId('connection-name').fill('Second account');
      await page.getByTestId('connection-account').fill('AbCd');
      await page.getByTestId('connection-currency').fill('usd');
      await page.getByTestId('connection-leads-text').fill('ana@example.com\nben@example.com');
      await page.getByTestId('connection-secret').fill('secret-key');
      await page.getByTestId('connection-save').click();
      const card = page.getByRole('article', { name: 'Second account', exact: true });
      await card.getByTestId('connection-tested').getByText('the key works').waitFor();
      await card.getByText('2 leads', { exact: true }).waitFor();
      await card.getByTestId('connection-leads').click();
      await page.getByTestId('leads-text').fill('ana@example.com');
      await page.getByTestId('leads-save').click();
      await card.getByText('1 lead', { exact: true }).waitFor();
      await card.getByTestId('connection-sync').click();
      await card.getByTestId('sync-result').waitFor();
      await expect.poll(() => card.textContent()).toContain('under_review');
      await card.getByTestId('connection-remove').click();
      await page.getByTestId('connection-remove-sure').click();
      await expect.poll(() => card.count()).toBe(0);
      expect(await page.content()).not.toContain('secret-key');
    });
  });

  it('run by a schedule only where one is set, and keep a log to send', async () => {
    await on({ hash: 'connections/networks' }, async (page) => {
      const card = page.getByRole('article', { name: 'leads of the course' });
      await card.getByText('When you ask').waitFor();
      await card.getByTestId('error-notice').getByText('Kartra refused the key.').first().waitFor();
      await card.getByTestId('connection-schedule').click();
      await page.getByRole('option', { name: 'Every day', exact: true }).click();
      await expect.poll(() => card.getByTestId('connection-next').textContent()).not.toBe('When you ask');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await card.getByTestId('connection-log').click();
      await page.getByTestId('sync-log').getByText('Kartra refused the key.').waitFor();
      await page.getByTestId('log-copy').click();
      await page.getByText('Log copied').waitFor();
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toContain('network.sign_in');
    });
  });

  it('without a key ask for it once', async () => {
    await on({ hash: 'connections/networks' }, async (page) => {
      const card = page.getByRole('article', { name: 'leads of the course' });
      await card.getByTestId('connection-sync').click();
      await page.getByTestId('key-secret').fill('k:p');
      await page.getByTestId('key-save').click();
      await card.getByTestId('sync-result').waitFor();
      await card.getByText('Works').waitFor();
    });
  });
});
