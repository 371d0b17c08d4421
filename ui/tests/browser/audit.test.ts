/** The audit and planned terms: what a person does there, in Chromium with the stand-in book. */
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

const rows = (page: Page) => page.getByTestId('audit-table').locator('[role=row][aria-rowindex]');

describe.each(['light', 'dark'] as const)('in %s, at the smallest size', (theme) => {
  it.each(['sample', 'empty'] as const)('the audit of a %s book has no barriers and fits', async (book) => {
    await on({ theme, book, hash: 'earnings/audit', width: 1000, height: 700 }, async (page) => {
      await page.getByTestId('audit').waitFor();
      if (book === 'sample') {
        await rows(page).nth(1).click();
        await page.getByTestId('finding-computation').waitFor();
      }
      expect(await barriers(page)).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(over).toBeLessThanOrEqual(1000);
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
    const stakes = await rows(page).locator('strong').allInnerTexts();
    const figures = stakes.map((text) => Number(text.replace(/[^\d.]/g, '')));
    expect(figures).toEqual([...figures].sort((a, b) => b - a));
    await page.getByTestId('audit-kind').click();
    await page.getByRole('option', { name: /^Late/ }).click();
    await expect.poll(() => rows(page).locator('strong').count()).toBe(1);
    await page.getByTestId('audit-kind').click();
    await page.getByRole('option', { name: 'All kinds' }).click();
    await rows(page).nth(1).click();
    await page.getByTestId('finding-computation').waitFor();
    await page.getByTestId('finding-note').fill('Asked on the forum');
    await page.getByTestId('finding-stake').click();
    await page.keyboard.press('d');
    await page.getByTestId('finding-reopen').waitFor();
    await page.getByText('Disputed', { exact: true }).first().waitFor();
    expect(await page.getByTestId('finding-note').inputValue()).toBe('Asked on the forum');
    await page.keyboard.press('Control+z');
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
    await page.keyboard.press('a');
    await page.getByTestId('finding-reopen').waitFor();
    await page.evaluate(() => {
      location.hash = '#/overview';
    });
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
    await page.evaluate(() => {
      (globalThis as unknown as { __perennialPick: () => string }).__perennialPick = () => '/tmp/dispute.pdf';
    });
    await page.getByTestId('dossier-pdf').click();
    await page.getByText('/tmp/dispute.pdf').waitFor();
  });
});

it.each(['light', 'dark'] as const)(
  'offers every rule of terms with a word of help, in %s',
  async (theme) => {
    await on({ theme, hash: 'programs/kartra', width: 1000, height: 700 }, async (page) => {
      await page.getByTestId('change-terms').click();
      const choose = async (name: string) => {
        await page.getByTestId('term-key').click();
        await page.getByRole('option', { name, exact: true }).click();
      };
      await page.getByTestId('term-key').click();
      expect(await page.getByRole('option').count()).toBeGreaterThanOrEqual(26);
      await page.keyboard.press('Escape');
      await choose('Release in parts');
      await page.getByText('40% at once, 60% after 60 days').waitFor();
      expect(await page.getByTestId('term-value').inputValue()).toBe('');
      // Where there are few values, one chooses.
      await choose('A partial refund takes back');
      await page.getByTestId('term-value').click();
      await page.getByRole('option', { name: 'the whole commission' }).click();
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
    await page.getByTestId('consequences').waitFor();
    expect(await page.getByTestId('consequences').textContent()).toContain('3 of 24 open commissions');
    expect(await barriers(page)).toEqual([]);
    await page.getByTestId('version-diff').first().click();
    await page.getByTestId('terms-changes').last().waitFor();
  });
});
