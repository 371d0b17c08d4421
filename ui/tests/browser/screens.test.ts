import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, openWindow, show } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SCREENS = [
  'overview',
  'programs',
  'programs/kartra',
  'programs/new',
  'links',
  'links/new',
  'links/import',
  'links/ln-3',
  'links/import-other',
  'links/templates',
  'links/templates/new',
  'campaigns',
  'campaigns/cp-1',
  'campaigns/new',
  'earnings',
  'forecast',
  'compliance',
  'compliance/-/page',
  'compliance/-/keywords',
  'connections',
  'settings',
];

interface Finding {
  id: string;
  impact: string;
  nodes: string[];
}

/** What axe finds serious or critical. */
async function findings(page: Page): Promise<Finding[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const result = await (
      globalThis as unknown as {
        axe: {
          run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      }
    ).axe.run();
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)),
      }));
  });
}

let window: Awaited<ReturnType<typeof openWindow>>;

beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

async function on(look: Parameters<typeof show>[1], run: (page: Page) => Promise<void>) {
  const page = await show(window, look);
  try {
    await run(page);
    expect(complaintsOf(page)).toEqual([]);
  } finally {
    await page.context().close();
  }
}

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it.each(SCREENS)('%s has nothing that keeps somebody out', async (hash) => {
    await on({ hash, theme }, async (page) => {
      expect(await findings(page)).toEqual([]);
    });
  });

  it.each(['overview', 'links', 'campaigns', 'earnings', 'connections'])(
    '%s of an empty book neither',
    async (hash) => {
      await on({ hash, theme, book: 'empty', width: 1000, height: 700 }, async (page) => {
        expect(await findings(page)).toEqual([]);
      });
    },
  );

  it('the first run neither', async () => {
    await on({ theme, book: 'none', width: 1000, height: 700 }, async (page) => {
      expect(await findings(page)).toEqual([]);
    });
  });
});

it('never makes the window scroll sideways', async () => {
  for (const hash of SCREENS) {
    await on({ hash, width: 1000, height: 700 }, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, hash).toBeLessThanOrEqual(1000);
    });
  }
});
