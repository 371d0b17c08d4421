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

/** How much slower than it is the processor seems to a page: `PERENNIAL_SLOW=4` shows what a busy machine would. */
export const slow = Number(process.env.PERENNIAL_SLOW ?? 1);

/** How long a step waits for what it needs, in ms. Only what fails waits that long. */
const PATIENCE_MS = 60_000;

/** @type {WeakMap<import('playwright-core').Page, Set<unknown>>} */
const fetching = new WeakMap();

/**
 * Runs in each page before anything else. It keeps the timers that are still to fire, for `settled`: the stand-in
 * answers after one, and fields wait for one before they ask. Those of a second and more are for what goes away by
 * itself, such as a note with its Undo, and fire much later, so that a slow machine reaches it.
 */
function prepare() {
  // The window freezes it, too.
  Object.freeze(Object.prototype);
  const waiting = new Set();
  const { setTimeout, clearTimeout } = globalThis;
  globalThis.perennialWaiting = waiting;
  globalThis.setTimeout = (run, after = 0, ...rest) => {
    const long = after >= 1000;
    const id = setTimeout(
      () => {
        waiting.delete(id);
        run(...rest);
      },
      long ? after * 60 : after,
    );
    if (!long) waiting.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    waiting.delete(id);
    clearTimeout(id);
  };
}

/** Runs in a page: waits until a few frames pass in which nothing is asked, nothing changes and nothing moves. */
function calm() {
  const busy = () =>
    globalThis.perennialWaiting.size > 0 ||
    document.readyState !== 'complete' ||
    document.fonts.status === 'loading' ||
    document.querySelector('main') === null ||
    document.querySelector('[aria-busy="true"]') !== null ||
    document
      .getAnimations()
      .some(
        (one) =>
          one.playState === 'running' &&
          one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY,
      );
  return new Promise((done) => {
    let still = 0;
    const watcher = new MutationObserver(() => {
      still = 0;
    });
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
      still = busy() ? 0 : still + 1;
      if (still < 4) requestAnimationFrame(look);
      else {
        watcher.disconnect();
        done(true);
      }
    };
    requestAnimationFrame(look);
  });
}

/**
 * Waits until a page stands: everything is fetched, answered, measured and drawn.
 * @param {import('playwright-core').Page} page
 */
export async function settled(page) {
  const requests = fetching.get(page);
  const until = Date.now() + PATIENCE_MS;
  do {
    await page.waitForFunction(calm, undefined, { timeout: PATIENCE_MS });
    if (!requests?.size) return;
    await new Promise((later) => setTimeout(later, 20));
  } while (Date.now() < until);
  throw new Error('The page never came to rest.');
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
  await context.addInitScript(prepare);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  if (slow > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slow });
  }
  const said = [];
  complaints.set(page, said);
  page.on('pageerror', (error) => said.push(String(error.stack ?? error)));
  page.on('console', (line) => line.type() === 'error' && said.push(line.text()));
  const requests = new Set();
  fetching.set(page, requests);
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  await page.goto(`${window.url}?book=${look.book ?? 'sample'}#/${look.hash ?? 'overview'}`);
  await settled(page);
  return page;
}
