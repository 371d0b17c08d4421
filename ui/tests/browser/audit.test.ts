/** The audit and planned terms: what a person does there, in Chromium with the stand-in book. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, go, pick, press, SMALL, settled, sideways, useBrowser } from './page';

const { on } = useBrowser();

const rows = (page: Page) => page.getByTestId('audit-table').locator('[role=row][aria-rowindex]');

describe.each(['light', 'dark'] as const)('in %s, at the smallest size', (theme) => {
  it.each(['sample', 'empty'] as const)('the audit of a %s book has no barriers and fits', async (book) => {
    await on({ theme, book, hash: 'earnings/audit', ...SMALL }, async (page) => {
      await page.getByTestId('audit').waitFor();
      if (book === 'sample') {
        await rows(page).nth(1).click();
        await page.getByTestId('finding-computation').waitFor();
      }
      expect(await barriers(page)).toEqual([]);
      expect((await sideways(page))[1]).toBe(0);
    });
  });
});

it('says that everything matches where nothing was found', async () => {
  await on({ book: 'empty', hash: 'earnings/audit' }, async (page) => {
    await page.getByText('Everything matches').waitFor();
  });
});

it('lists the most money first, filters, and disputes a finding by keyboard', async () => {
  await on({ hash: 'earnings/audit' }, async (page) => {
    await rows(page).nth(1).waitFor();
    await settled(page);
    const stakes = await rows(page).locator('strong').allInnerTexts();
    const figures = stakes.map((text) => Number(text.replace(/[^\d.]/g, '')));
    expect(figures).toEqual([...figures].sort((a, b) => b - a));
    await page.getByTestId('audit-kind').click();
    await page.getByRole('option', { name: /^Late/ }).click();
    await expect.poll(() => rows(page).locator('strong').count()).toBe(1);
    await chooseOption(page, 'audit-kind', 'All kinds');
    await settled(page);
    await rows(page).nth(1).click();
    await page.getByTestId('finding-computation').waitFor();
    await page.getByTestId('finding-note').fill('Asked on the forum');
    await page.getByTestId('finding-stake').click();
    await press(page, 'd');
    await page.getByTestId('finding-reopen').waitFor();
    await page.getByText('Disputed', { exact: true }).first().waitFor();
    await expect.poll(() => page.getByTestId('finding-note').inputValue()).toBe('Asked on the forum');
    await press(page, 'Control+z');
    await page.getByTestId('finding-reopen').waitFor({ state: 'detached' });
  });
});

it('is told of on the first screen, with the money at stake, until all is decided', async () => {
  await on({ hash: 'overview' }, async (page) => {
    const told = page.getByTestId('attention-audit_findings');
    const count = Number(
      /^(\d+) commissions do not fit their terms: [\d.]+ USD at stake/.exec(
        (await told.textContent())?.trim() ?? '',
      )?.[1],
    );
    expect(count).toBeGreaterThan(1);
    await told.click();
    await rows(page).nth(1).waitFor();
    await rows(page).nth(1).click();
    await page.getByTestId('finding-computation').waitFor();
    await page.getByTestId('finding-stake').click();
    await press(page, 'a');
    await page.getByTestId('finding-reopen').waitFor();
    await go(page, 'overview');
    await expect
      .poll(async () => (await told.textContent())?.trim())
      .toMatch(new RegExp(`^${count - 1} commission`));
  });
});

it('keeps what was written, and saves the dossier', async () => {
  await on({ hash: 'earnings/audit' }, async (page) => {
    await rows(page).nth(1).click();
    await page.getByTestId('letter-add').click();
    await page.getByTestId('letter-text').fill('Please look at this sale.');
    await page.getByTestId('letter-save').click();
    await page.getByText('Please look at this sale.').waitFor();
    await pick(page, '/tmp/dispute.pdf');
    await page.getByTestId('dossier-pdf').click();
    await page.getByText('/tmp/dispute.pdf').waitFor();
  });
});

it.each(['light', 'dark'] as const)(
  'offers every rule of terms with a word of help, in %s',
  async (theme) => {
    await on({ theme, hash: 'programs/kartra', ...SMALL }, async (page) => {
      await page.getByTestId('change-terms').click();
      await page.getByTestId('term-key').click();
      await expect.poll(() => page.getByRole('option').count()).toBeGreaterThanOrEqual(26);
      await press(page, 'Escape');
      await expect.poll(() => page.getByRole('option').count()).toBe(0);
      await chooseOption(page, 'term-key', 'Release in parts');
      await page.getByText('40% at once, 60% after 60 days').waitFor();
      await expect.poll(() => page.getByTestId('term-value').inputValue()).toBe('');
      // Where there are few values, one chooses.
      await chooseOption(page, 'term-key', 'A partial refund takes back');
      await chooseOption(page, 'term-value', 'the whole commission');
      expect(await barriers(page)).toEqual([]);
      await page.getByTestId('save-terms').click();
      await page.getByTestId('change-terms').waitFor();
    });
  },
);

it('shows what a change of terms would do before it is saved, and what a version changed', async () => {
  await on({ hash: 'programs/kartra' }, async (page) => {
    await page.getByTestId('change-terms').click();
    await page.getByTestId('term-value').fill('30');
    await page.getByTestId('preview-terms').click();
    await expect
      .poll(() => page.getByTestId('consequences').textContent())
      .toContain('3 of 24 open commissions');
    expect(await barriers(page)).toEqual([]);
    await page.getByTestId('version-diff').first().click();
    await page.getByTestId('terms-changes').last().waitFor();
  });
});
