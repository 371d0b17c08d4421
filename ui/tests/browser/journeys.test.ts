import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, openWindow, show } from './browser.mjs';

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

it('asks three things and opens the book', async () => {
  await on({ book: 'none' }, async (page) => {
    await page.getByTestId('book-name').fill('Ana earns');
    await expect.poll(() => page.getByTestId('book-path').textContent()).toContain('Ana earns.perennial');
    await page.getByTestId('identity').fill('not a code');
    await page.getByTestId('start').click();
    await page.getByTestId('error-notice').waitFor();
    await page.getByTestId('identity').fill('https://try.kartra.com/ana');
    await page.getByTestId('start').click();
    await page.getByTestId('first-steps').waitFor();
    expect(await page.getByTestId('book-menu').textContent()).toContain('Ana earns');
  });
});

it('makes five links for five channels, shows them first, and takes them back', async () => {
  await on({ hash: 'links/new' }, async (page) => {
    for (const kind of ['blog', 'email', 'youtube', 'quora', 'reddit'])
      await page.getByTestId(`channel-${kind}`).check();
    await page.getByTestId('link-label').fill('Spring');
    const pane = page.getByTestId('detail-pane');
    await expect.poll(() => pane.locator('code').count()).toBe(5);
    await page.getByTestId('make-links').click();
    await page.getByTestId('copy-all').waitFor();
    await page.getByTestId('close-pane').click();
    await page.getByRole('row', { name: 'Blog, Spring' }).waitFor();
    await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByRole('row', { name: 'Blog, Spring' }).count()).toBe(0);
  });
});

it('refuses a host that is not the program’s, and offers to use it all the same', async () => {
  await on({ hash: 'links/new' }, async (page) => {
    await page.getByTestId('channel-blog').check();
    await page.getByTestId('link-destination').click();
    await page.getByRole('option', { name: 'Another address' }).click();
    await page.getByTestId('link-address').fill('https://elsewhere.example/page');
    await page.getByTestId('error-notice').waitFor();
    expect(await page.getByTestId('make-links').isDisabled()).toBe(true);
    await page.getByLabel('Use this address all the same').check();
    await expect.poll(() => page.getByTestId('make-links').isDisabled()).toBe(false);
  });
});

it('makes a campaign and logs what was done for it', async () => {
  await on({ hash: 'campaigns/new' }, async (page) => {
    await page.getByTestId('campaign-name').fill('Autumn');
    await page.getByTestId('save-campaign').click();
    await page.getByTestId('add-log').click();
    await page.getByTestId('log-what').fill('Mailed the list');
    await page.getByTestId('log-spend').fill('12,50');
    await page.getByTestId('log-minutes').fill('45');
    await page.getByTestId('save-log').click();
    await page.getByText('Mailed the list').waitFor();
    await page.getByTestId('detail-pane').getByText('12.50').waitFor();
  });
});

it('lets the user say what their own dashboard says', async () => {
  await on({ hash: 'programs/kartra' }, async (page) => {
    await page.getByTestId('claim-minimum').getByRole('radio').nth(1).check();
    await page.getByTestId('claim-max_months').getByRole('radio').nth(1).check();
    await page.getByTestId('save-claims').click();
    await page.getByText('Where sources disagree, you have chosen').waitFor();
  });
});

it('goes anywhere by keyboard', async () => {
  await on({ hash: 'overview' }, async (page) => {
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByRole('grid', { name: 'Links' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect.poll(() => page.locator('[role=row][aria-selected=true]').count()).toBe(1);
    await page.keyboard.press('/');
    await page.keyboard.type('sidebar');
    await expect.poll(() => page.getByTestId('search').inputValue()).toBe('sidebar');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette').getByRole('combobox').waitFor();
    await page.keyboard.type('Spring');
    await page.getByRole('option', { name: 'Spring launch', exact: true }).click();
    await page.getByTestId('campaign-results').waitFor();
    await page.goBack();
    await page.getByRole('grid', { name: 'Links' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });
});

it('hides amounts with one key', async () => {
  await on({ hash: 'overview' }, async (page) => {
    const earned = page.getByTestId('total-earned');
    expect(await earned.textContent()).toMatch(/\d/);
    await page.keyboard.press('h');
    await expect.poll(() => earned.textContent()).not.toMatch(/\d/);
    await page.keyboard.press('h');
    await expect.poll(() => earned.textContent()).toMatch(/\d/);
  });
});

it('draws only the rows that are seen of 100,000', async () => {
  await on({ hash: 'links', book: 'large' }, async (page) => {
    const grid = page.getByRole('grid', { name: 'Links' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('100001');
    await grid.focus();
    const started = Date.now();
    await page.keyboard.press('End');
    await page.locator('[role=row][aria-rowindex="100001"] [role=gridcell]').nth(3).waitFor();
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(await page.getByRole('row').count()).toBeLessThan(80);
  });
});

it('wears the look that was chosen, and keeps it', async () => {
  await on({ hash: 'settings' }, async (page) => {
    await page.getByTestId('theme').click();
    await page.getByRole('option', { name: 'Dark' }).click();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await expect.poll(theme).toBe('dark');
    await page.getByTestId('nav-overview').click();
    await page.getByTestId('total-earned').waitFor();
    expect(await theme()).toBe('dark');
  });
});

it('checks the book and removes the sample data on request', async () => {
  await on({ hash: 'settings' }, async (page) => {
    await page.getByTestId('check-book').click();
    await page.getByTestId('check-report').getByText('Everything holds together.').waitFor();
    await page.getByTestId('remove-sample').click();
    await page.getByTestId('remove-sample-now').click();
    await page.getByTestId('load-sample').waitFor();
  });
});
