/** What the files of screen tests share: a browser for each file, pages in a look, and what people and axe do on them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { complaintsOf, openWindow, settled, show } from './browser.mjs';

export { settled, slow } from './browser.mjs';

/** How a page looks: its size, its theme, the stand-in's book and the address. */
export type Look = Parameters<typeof show>[1];

type Steps = (page: Page) => Promise<void>;

/** The smallest size the window has. */
export const SMALL = { width: 1000, height: 700 };

/** A browser for the tests of a file. Call it once, at the head of the file. */
export function useBrowser() {
  let window: Awaited<ReturnType<typeof openWindow>>;
  beforeAll(async () => {
    window = await openWindow();
  });
  afterAll(async () => {
    await window?.close();
  });

  /** Takes steps on a page of their own, about which nothing may complain. */
  async function on(look: Look, steps: Steps) {
    const page = await show(window, look);
    try {
      await steps(page);
      await settled(page);
      expect(complaintsOf(page)).toEqual([]);
    } finally {
      await page.context().close();
    }
  }

  /** One page for all tests of a group: each goes to its address, and leaves behind what the next may find. */
  function shared(look: Look) {
    let page: Page;
    beforeAll(async () => {
      page = await show(window, look);
    });
    afterAll(async () => {
      await page?.context().close();
    });
    return async (hash: string, steps: Steps) => {
      await go(page, hash);
      await steps(page);
      await settled(page);
      expect(complaintsOf(page).splice(0)).toEqual([]);
    };
  }

  return { on, shared };
}

/** Goes to another address of the same page, and waits until it stands. */
export async function go(page: Page, hash: string) {
  await page.evaluate((to) => {
    location.hash = `#/${to}`;
  }, hash);
  await settled(page);
}

/** Presses keys one after the other, each on what stands: a key that comes before its list is filled is lost. */
export async function press(page: Page, ...keys: string[]) {
  for (const key of keys) {
    await settled(page);
    await page.keyboard.press(key);
  }
}

/** Answers the file dialogs of the system. */
export async function pick(page: Page, path: string) {
  await page.evaluate((chosen) => {
    globalThis.window.__perennialPick = () => chosen;
  }, path);
}

export async function chooseOption(page: Page, testId: string, name: string) {
  await page.getByTestId(testId).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/**
 * Watches for what may be gone again before one looks. Call it before the step that brings it, and wait for its answer
 * after.
 */
export async function passing(page: Page, testId: string): Promise<() => Promise<void>> {
  const seen = await page.evaluateHandle(
    (id) => ({
      promise: new Promise<void>((done) => {
        const watcher = new MutationObserver(() => {
          if (!document.querySelector(`[data-testid="${id}"]`)) return;
          watcher.disconnect();
          done();
        });
        watcher.observe(document, { subtree: true, childList: true });
      }),
    }),
    testId,
  );
  return () => seen.evaluate(({ promise }) => promise);
}

/** By how many pixels the content and the window are wider than what is seen of them. */
export async function sideways(page: Page): Promise<number[]> {
  await settled(page);
  return page
    .getByTestId('content')
    .evaluate((element) => [
      element.scrollWidth - element.clientWidth,
      document.documentElement.scrollWidth - innerWidth,
    ]);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical on a page that stands. */
export async function barriers(page: Page): Promise<unknown[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  return page.evaluate(async () => {
    type Result = { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    type Axe = { run: (options: { resultTypes: string[]; preload: boolean }) => Promise<Result> };
    const result = await (globalThis as unknown as { axe: Axe }).axe.run({
      resultTypes: ['violations'],
      preload: false,
    });
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]);
  });
}
