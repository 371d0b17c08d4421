/** Chromium on the built window with its stand-in book. */
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The policy of the desktop window, but for the way to the application, which the stand-in does not need.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
].join('; ');

/** @type {WeakMap<import('playwright-core').Page, string[]>} */
const complaints = new WeakMap();

/**
 * What a page complained about: errors, and what its policy forbade.
 * @param {import('playwright-core').Page} page
 */
export function complaintsOf(page) {
  return complaints.get(page) ?? [];
}

const outDir = 'node_modules/.cache/mock';

/**
 * Builds the window with its stand-in and serves it on a free port of this machine.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve() {
  await build({ mode: 'mock', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    mode: 'mock',
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, strictPort: false, headers: { 'Content-Security-Policy': POLICY } },
  });
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}

/** Where a run of tests serves the window that all its files look at. */
export const SERVED = 'PERENNIAL_SERVED';

/**
 * A browser, and the window as the run serves it; outside a run it is built and served here.
 * @returns {Promise<{ browser: import('playwright-core').Browser, url: string, close: () => Promise<void> }>}
 */
export async function openWindow() {
  const served = process.env[SERVED];
  const server = served ? { url: served, close: async () => {} } : await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  return {
    browser,
    url: server.url,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * A fresh page on an area, settled.
 * @param {{ browser: import('playwright-core').Browser, url: string }} window
 * @param {{ width?: number, height?: number, theme?: 'light' | 'dark', book?: string, hash?: string }} look
 */
export async function show(window, look = {}) {
  const context = await window.browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    colorScheme: look.theme ?? 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
  });
  // The window freezes it, too.
  await context.addInitScript(() => void Object.freeze(Object.prototype));
  const page = await context.newPage();
  const said = [];
  complaints.set(page, said);
  page.on('pageerror', (error) => said.push(String(error.stack ?? error)));
  page.on('console', (line) => line.type() === 'error' && said.push(line.text()));
  await page.goto(`${window.url}?book=${look.book ?? 'sample'}#/${look.hash ?? 'overview'}`);
  await page.locator('main:not([aria-busy="true"])').first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
}
