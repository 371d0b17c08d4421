/** What a person does first and most, in Chromium with the stand-in book. */
import { expect, it } from 'vitest';
import { chooseOption, press, slow, useBrowser } from './page';

const { on } = useBrowser();

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
    await expect.poll(() => page.getByTestId('book-menu').textContent()).toContain('Ana earns');
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
    await chooseOption(page, 'link-destination', 'Another address');
    await page.getByTestId('link-address').fill('https://elsewhere.example/page');
    await page.getByTestId('error-notice').waitFor();
    await expect.poll(() => page.getByTestId('make-links').isDisabled()).toBe(true);
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
    await press(page, 'g', 'l');
    await page.getByRole('grid', { name: 'Links' }).waitFor();
    await press(page, 'j', 'j', 'x');
    await expect.poll(() => page.locator('[role=row][aria-selected=true]').count()).toBe(1);
    await press(page, '/');
    await page.getByTestId('search').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('sidebar');
    await expect.poll(() => page.getByTestId('search').inputValue()).toBe('sidebar');
    await press(page, 'Escape', 'Escape', 'Control+k');
    await page.getByTestId('palette').getByRole('combobox').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Spring');
    await page.getByRole('option', { name: 'Spring launch', exact: true }).click();
    await page.getByTestId('campaign-results').waitFor();
    await page.goBack();
    await page.getByRole('grid', { name: 'Links' }).waitFor();
    await press(page, '?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });
});

it('hides amounts with one key', async () => {
  await on({ hash: 'overview' }, async (page) => {
    const earned = page.getByTestId('total-earned');
    await expect.poll(() => earned.textContent()).toMatch(/\d/);
    await press(page, 'h');
    await expect.poll(() => earned.textContent()).not.toMatch(/\d/);
    await press(page, 'h');
    await expect.poll(() => earned.textContent()).toMatch(/\d/);
  });
});

it('draws only the rows that are seen of 100,000', async () => {
  await on({ hash: 'links', book: 'large' }, async (page) => {
    const grid = page.getByRole('grid', { name: 'Links' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('100001');
    await grid.focus();
    const started = Date.now();
    await page.keyboard.press('End');
    await page.locator('[role=row][aria-rowindex="100001"] [role=gridcell]').nth(3).waitFor();
    expect(Date.now() - started).toBeLessThan(15_000 * slow);
    expect(await page.getByRole('row').count()).toBeLessThan(80);
  });
});

it('wears the look that was chosen, and keeps it', async () => {
  await on({ hash: 'settings' }, async (page) => {
    await chooseOption(page, 'theme', 'Dark');
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

it('says that it is opening a book that takes its time', async () => {
  await on({}, async (page) => {
    await page.addInitScript(() => {
      globalThis.window.__perennialHold = new Promise((open) => {
        document.addEventListener('perennial-open', () => open(), { once: true });
      });
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Opening your book', exact: true }).waitFor();
    await page.screenshot({ path: process.env.PERENNIAL_OPENING ?? undefined });
    await page.evaluate(() => document.dispatchEvent(new Event('perennial-open')));
    await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
  });
});
