/** Care for links, as a person does it. */
import { expect, it } from 'vitest';
import { chooseOption, pick, useBrowser } from './page';

const { on } = useBrowser();

it('edits many links in one step and finds them by their tag', async () => {
  await on({ hash: 'links' }, async (page) => {
    const boxes = page.getByTestId('links-table').getByRole('checkbox');
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await page.getByTestId('edit-many').click();
    await page.getByTestId('many-add-tags').fill('autumn');
    await page.getByTestId('many-save').click();
    await chooseOption(page, 'filter-tag', 'autumn');
    await expect.poll(() => page.getByTestId('link-tools').textContent()).toMatch(/(?<!\d)2 links/);
  });
});

it('says how a link stands, accepts it, and notes where it stands', async () => {
  await on({ hash: 'links/ln-6' }, async (page) => {
    await expect.poll(() => page.getByTestId('health-says').textContent()).toContain('gone');
    await page.getByTestId('accept-link').click();
    await expect.poll(() => page.getByTestId('link-health').textContent()).toContain('As accepted');
    await page.getByTestId('add-place').click();
    await page.getByTestId('place-where').fill('Welcome email 3');
    await page.getByTestId('place-save').click();
    await expect.poll(() => page.getByTestId('places').textContent()).toContain('Welcome email 3');
  });
});

it('takes down how often a link was clicked, and takes it back', async () => {
  await on({ hash: 'links/ln-2' }, async (page) => {
    const total = page.getByTestId('clicks-total');
    await page.getByTestId('clicks-add').click();
    await page.getByTestId('clicks-many').fill('120');
    await page.getByTestId('clicks-on').fill('2026-03-01');
    await page.getByTestId('clicks-save').click();
    await expect.poll(() => total.textContent()).toBe('120');
    await page.getByTestId('clicks-add').click();
    await page.getByTestId('clicks-many').fill('150');
    await page.getByLabel('It is the number of all days so far').check();
    await page.getByTestId('clicks-save').click();
    await expect.poll(() => total.textContent()).toBe('150');
    await page
      .getByTestId('clicks')
      .getByRole('button', { name: /^Take out the clicks of/ })
      .last()
      .click();
    await expect.poll(() => total.textContent()).toBe('30');
  });
});

it('shows what reports will show before a template holds', async () => {
  await on({ hash: 'links/templates/new' }, async (page) => {
    await expect.poll(() => page.getByTestId('template-shows').textContent()).toContain('sid1');
    await page.getByTestId('template-save').click();
    await expect.poll(() => page.getByTestId('template').count()).toBe(1);
  });
});

it('takes links from another tool after showing what would happen', async () => {
  await on({ hash: 'links/import-other' }, async (page) => {
    await pick(page, '/home/ana/pretty.csv');
    await page.getByTestId('drop-zone').getByRole('button').click();
    await page.getByTestId('import-plan').click();
    await expect.poll(() => page.getByTestId('import-summary').textContent()).toContain('38 links');
    await page.getByTestId('import-make').click();
    await expect.poll(() => page.getByText('38 links taken').count()).toBeGreaterThan(0);
  });
});

it('checks keywords while they are pasted and offers negatives', async () => {
  await on({ hash: 'compliance/-/keywords' }, async (page) => {
    await page.getByTestId('keywords-input').fill('funnel builder\nkartra pricing');
    await expect.poll(() => page.getByTestId('finding').count()).toBe(1);
    await expect.poll(() => page.getByTestId('finding').textContent()).toContain('Line 2');
    await page.getByTestId('negatives-save').waitFor();
  });
});

it('says plainly why a page cannot be checked', async () => {
  await on({ hash: 'compliance/-/page' }, async (page) => {
    await page.getByTestId('page-address').fill('https://example.com/review');
    await page.getByTestId('page-check').click();
    await expect.poll(() => page.getByText('cannot be reached').count()).toBeGreaterThan(0);
  });
});
