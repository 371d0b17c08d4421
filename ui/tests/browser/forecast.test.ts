/** The forecast: what a person does there, in Chromium with the stand-in book. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { barriers, chooseOption, go, pick, press, SMALL, settled, sideways, slow, useBrowser } from './page';

const { on, shared } = useBrowser();

/** What is drawn in a frame, its icons apart. */
const drawing = (page: Page, testId: string) => page.getByTestId(testId).getByRole('img').locator('svg');

/** Each part with what tells that it is there. */
const PARTS: [string, string][] = [
  ['forecast', 'forecast-words'],
  ['forecast/payouts', 'payouts-calendar'],
  ['forecast/payouts/at_risk/-', 'explanation'],
  ['forecast/customers', 'wall-table'],
  ['forecast/why', 'why-table'],
  ['forecast/goal', 'goal-ask'],
  ['forecast/scenarios', 'scenario-table'],
  ['forecast/evidence', 'cohorts'],
  ['forecast/record', 'record-table'],
  ['forecast/outlook/month/2026-06', 'explanation'],
  ['forecast/evidence/method/survival', 'method'],
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it('has nothing that keeps somebody out, and never scrolls sideways', async () => {
    await on({ hash: 'forecast', theme, ...SMALL }, async (page) => {
      for (const [hash, there] of PARTS) {
        await go(page, hash);
        await page.getByTestId(there).waitFor();
        expect(await barriers(page), hash).toEqual([]);
        expect(await sideways(page), hash).toEqual([0, 0]);
      }
    });
  });

  it('nor does an empty book, which says what stands in', async () => {
    await on({ hash: 'forecast', book: 'empty', theme, ...SMALL }, async (page) => {
      const notice = page.getByTestId('notice-no_history');
      await notice.getByText('common values alone').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.getByTestId('assumptions').getByText('Starter, monthly').first().click();
      await page.getByTestId('slider-new-2021/starter-monthly').fill('4');
      await page.getByTestId('forecast-words').waitFor();
      await notice.getByRole('link').click();
      await page.getByTestId('priors-table').waitFor();
    });
  });
});

describe('the answer', () => {
  const at = shared({ hash: 'forecast' });

  it('follows a slider at once, with its range, and goes back to the book', async () => {
    await at('forecast', async (page) => {
      const words = page.getByTestId('forecast-words');
      await words.getByText('Eight of ten outcomes').waitFor();
      await settled(page);
      const before = await words.textContent();
      const slider = page.getByTestId('slider-trial-conversion');
      await slider.focus();
      for (let step = 0; step < 12; step++) await slider.press('ArrowRight');
      await expect.poll(() => words.textContent()).not.toBe(before);
      await words.getByText('Eight of ten outcomes').waitFor();
      await page.getByTestId('forecast-reset').click();
      await expect.poll(() => words.textContent()).toBe(before);
      await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('54%');
    });
  });

  it('is repainted at once, without waiting for its range', async () => {
    await at('forecast', async (page) => {
      await page.getByTestId('forecast-words').getByText('Eight of ten outcomes').waitFor();
      await settled(page);
      const took = await page.evaluate(async () => {
        const slider = document.querySelector<HTMLInputElement>('[data-testid="slider-trial-conversion"]');
        const total = document.querySelector('[data-testid="forecast-total"]');
        const chart = document.querySelector('[data-testid="forecast-chart"] [role="img"]');
        if (!slider || !total || !chart) throw new Error('nothing to move');
        const times: number[] = [];
        /** The frame that shows a change is on the screen when the message after it arrives. */
        const painted = (target: Element) =>
          new Promise<void>((done) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done();
            new MutationObserver((_, watcher) => {
              watcher.disconnect();
              requestAnimationFrame(() => port2.postMessage(null));
            }).observe(target, { subtree: true, characterData: true, childList: true, attributes: true });
          });
        for (let move = 0; move < 16; move++) {
          const drawn = Promise.all([painted(total), painted(chart)]);
          const started = performance.now();
          slider.stepUp(2);
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          await drawn;
          times.push(performance.now() - started);
          await new Promise((rest) => setTimeout(rest, 40));
        }
        return times.sort((a, b) => a - b);
      });
      const [best = Number.POSITIVE_INFINITY] = took;
      const middle = took[Math.floor(took.length / 2)] ?? best;
      console.log(`slider to paint, ms: best ${best.toFixed(1)}, median ${middle.toFixed(1)}`);
      // The figures are for reading: 50 ms are aimed at, and machines that test do other things, too. A repaint that
      // waited for the range, which takes half a second, would not pass.
      expect(best).toBeLessThan(250 * slow);
    });
  });

  it('is there as a table, by plan, by payout, as far ahead as one likes', async () => {
    await at('forecast', async (page) => {
      const chart = page.getByTestId('forecast-chart');
      await chart.getByRole('button', { name: 'Show as a table' }).click();
      await expect.poll(() => chart.getByRole('row').count()).toBe(1 + 12 + 1 + 24);
      await chooseOption(page, 'forecast-horizon', '6 months');
      await expect.poll(() => chart.getByRole('row').count()).toBe(1 + 9 + 1 + 6);
      await chart.getByRole('radio', { name: 'Payouts' }).check({ force: true });
      await chart.getByRole('columnheader', { name: 'Earned already' }).waitFor();
      await chart.getByRole('button', { name: 'Show as a chart' }).click();
      await chart.getByRole('radio', { name: 'By plan' }).check({ force: true });
      await drawing(page, 'forecast-chart').getByText('Starter').waitFor();
    });
  });

  it('opens to what is behind it, by keyboard, and back', async () => {
    await at('forecast', async (page) => {
      await page.getByTestId('forecast-total').press('Enter');
      await page.getByTestId('explained-value').waitFor();
      await page.getByTestId('explained-rows').getByRole('link').first().waitFor();
      await page.getByTestId('explained-assumptions').getByRole('link').first().click();
      await expect.poll(() => page.url()).toContain('/assumption/');
      await page.goBack();
      await expect.poll(() => page.url()).toContain('/total/');
      await press(page, 'Escape');
      await expect.poll(() => page.getByTestId('explanation').count()).toBe(0);
    });
  });

  it('hides every amount with one key', async () => {
    await at('forecast/outlook/total', async (page) => {
      await page.getByTestId('explained-rows').waitFor();
      await page.getByTestId('forecast-words').getByText('Eight of ten').waitFor();
      await press(page, 'h');
      await expect.poll(() => page.getByTestId('forecast-total').textContent()).not.toMatch(/\d/);
      await settled(page);
      expect(await page.getByTestId('explained-value').textContent()).not.toMatch(/\d/);
      expect(await page.getByTestId('arithmetic').textContent()).not.toMatch(/\d\.\d\d/);
      expect(await page.getByTestId('forecast-next').textContent()).not.toMatch(/,\d{3}/);
      expect(await drawing(page, 'forecast-chart').textContent()).not.toMatch(/\dK/);
      await press(page, 'h');
    });
  });

  it('is saved as data and as pictures', async () => {
    await at('forecast', async (page) => {
      const chart = page.getByTestId('forecast-chart');
      await drawing(page, 'forecast-chart').waitFor();
      for (const [kind, path] of [
        ['Data (CSV)', '/tmp/months.csv'],
        ['Drawing (SVG)', '/tmp/months.svg'],
        ['Picture (PNG)', '/tmp/months.png'],
      ] as const) {
        await pick(page, path);
        await chart.getByTestId('save-menu').click();
        await page.getByRole('menuitem', { name: kind }).click();
        await page.getByTestId('toast').getByText(`Saved as ${path}`).waitFor();
      }
    });
  });
});

it('says what a goal takes and where that comes from, and tries itself on the past', async () => {
  await on({ hash: 'forecast/goal' }, async (page) => {
    await page.getByTestId('goal-amount').fill('none');
    await page.getByTestId('goal-ask').click();
    await page.getByText('a number above zero').waitFor();
    await page.getByTestId('goal-amount').fill('5,000');
    await page.getByTestId('goal-ask').click();
    await page.getByTestId('goal-answer').getByText('5,000 USD or more in December 2026').waitFor();
    const plans = page.getByTestId('goal-plans');
    await plans.getByRole('link').last().click();
    await page.getByTestId('arithmetic').getByText('One more a month brings').waitFor();
    await press(page, 'Escape');
    await page
      .getByTestId('goal-channels')
      .getByRole('row', { name: 'YouTube' })
      .getByRole('link')
      .first()
      .click();
    await page.getByTestId('explanation').waitFor();
    await press(page, 'Escape');
    await plans.getByRole('button', { name: 'Try it with Starter, monthly' }).click();
    await page.getByTestId('forecast-reset').waitFor();
    await page.getByTestId('forecast-words').waitFor();
    await page.getByRole('tab', { name: 'Track record' }).click();
    await page.getByTestId('record-sentence').getByText('came within their range').waitFor();
    await page.getByTestId('backtest-run').click();
    await page.getByTestId('backtest-table').getByText('This forecast').waitFor();
    await page.getByTestId('backtest-sentences').getByText('Three months ahead').waitFor();
  });
});

/** Numbers of each part, each with what its explanation must hold. */
it('opens every kind of number to its rows, its assumptions and its arithmetic', async () => {
  await on({ hash: 'forecast/customers' }, async (page) => {
    const opens = async (testId: string, holds: string[]) => {
      await page.getByTestId(testId).getByRole('link').last().click();
      for (const part of holds) await page.getByTestId(part).waitFor();
      await press(page, 'Escape');
      await expect.poll(() => page.getByTestId('explanation').count()).toBe(0);
    };
    const all = ['explained-value', 'arithmetic', 'explained-assumptions', 'explained-rows'];
    await opens('residual-table', all);
    await opens('wall-table', all);
    await page.getByRole('tab', { name: 'Payouts' }).click();
    await opens('payouts-calendar', all);
    await page.getByRole('tab', { name: 'Why' }).click();
    await opens('why-table', all);
    await page.getByRole('tab', { name: 'Evidence' }).click();
    await opens('cohorts', all);
    await page.getByRole('tab', { name: 'Track record' }).click();
    await opens('record-table', ['explained-value', 'arithmetic', 'explained-rows']);
    await page.getByRole('tab', { name: 'Outlook' }).click();
    await opens('channels-table', all);
    await page.getByRole('tab', { name: 'Scenarios' }).click();
    await page.getByTestId('compare-Twice the starters').check();
    await opens('compare-table', all);
  });
});

describe('scenarios', () => {
  const at = shared({ hash: 'forecast' });

  it('are saved from the sliders, renamed, removed, and come back', async () => {
    await at('forecast', async (page) => {
      await page.getByTestId('slider-refund').fill('0.1');
      await page.getByTestId('primary-action').click();
      await page.getByTestId('scenario-save').click();
      await page.getByText('Give it a name.').waitFor();
      await page.getByTestId('scenario-name').fill('Many refunds');
      await page.getByTestId('scenario-save').click();
      await page.getByTestId('assumptions').getByText('Scenario “Many refunds”').waitFor();
      await page.getByTestId('forecast-reset').click();
      await page.getByRole('tab', { name: 'Scenarios' }).click();
      const table = page.getByTestId('scenario-table');
      await table.getByRole('button', { name: 'Rename Many refunds' }).click();
      await page.getByTestId('scenario-name').fill('A tenth back');
      await page.getByTestId('scenario-save').click();
      await table.getByRole('button', { name: 'Remove A tenth back' }).click();
      await expect.poll(() => table.getByText('A tenth back').count()).toBe(0);
      await page.getByTestId('toast').last().getByRole('button', { name: 'Undo' }).click();
      await table.getByRole('button', { name: 'A tenth back', exact: true }).click();
      await expect.poll(() => page.getByTestId('slider-refund').getAttribute('aria-valuetext')).toBe('10%');
    });
  });

  it('are compared side by side, and shared as files', async () => {
    await at('forecast/scenarios', async (page) => {
      await page.getByTestId('compare-Twice the starters').check();
      const compared = page.getByTestId('compare-table');
      await compared.getByText('The book as it is').first().waitFor();
      await expect.poll(() => compared.getByRole('row').count()).toBe(3);
      await drawing(page, 'compare-chart').waitFor();
      await page.getByTestId('compare-chart').getByRole('button', { name: 'Show as a table' }).click();
      expect(await barriers(page)).toEqual([]);
      await pick(page, '/tmp/From Ben.json');
      await page.getByTestId('scenario-import').click();
      await page.getByTestId('scenario-table').getByText('From Ben').waitFor();
      await page.getByRole('button', { name: 'Share From Ben as a file' }).click();
      await page.getByTestId('toast').getByText('Saved as /tmp/From Ben.json').waitFor();
    });
  });
});

describe('the evidence', () => {
  const at = shared({ hash: 'forecast' });

  it('shows each cohort beside the fit, by what one likes', async () => {
    await at('forecast/evidence', async (page) => {
      const cohorts = page.getByTestId('cohorts');
      await cohorts.getByRole('row', { name: 'Fitted' }).waitFor();
      await chooseOption(page, 'evidence-by', 'By channel');
      await cohorts.getByText('YouTube').waitFor();
      await cohorts.getByRole('radio', { name: 'Difference' }).check({ force: true });
      await cohorts.getByRole('link').first().click();
      await page.getByTestId('explanation').waitFor();
    });
  });

  it('lets a common value be set with its source, and takes it back', async () => {
    await at('forecast/evidence', async (page) => {
      const table = page.getByTestId('priors-table');
      await page.getByTestId('prior-renewal.monthly').click();
      await page.getByTestId('prior-value').fill('140');
      await page.getByTestId('prior-save').click();
      await page.getByText('between 0 and 100').waitFor();
      await page.getByTestId('prior-value').fill('91,5');
      await page.getByTestId('prior-source').fill('My other program');
      await page.getByTestId('prior-save').click();
      await table.getByText('My other program').waitFor();
      await table.getByText('91.5%').waitFor();
      await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => table.getByText('91.5%').count()).toBe(0);
    });
  });
});
