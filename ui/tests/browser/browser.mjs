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

const outDir = 'node_modules/.cache/mock';

/**
 * Builds the window with its stand-in and serves it on a free port of this machine.
 * @returns {Promise<{ browser: import('playwright-core').Browser, url: string, close: () => Promise<void> }>}
 */
export async function openWindow() {
  await build({ mode: 'mock', logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    mode: 'mock',
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, strictPort: false },
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  return {
    browser,
    url: server.resolvedUrls?.local[0] ?? '',
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
  const page = await context.newPage();
  await page.goto(`${window.url}?book=${look.book ?? 'sample'}#/${look.hash ?? 'overview'}`);
  await page.locator('main:not([aria-busy="true"])').first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
}
