/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

/**
 * The window freezes Object.prototype, and then a plain object's `constructor` cannot be assigned, only defined. ECharts
 * assigns it in one place, where it makes stand-ins of its models; the screen tests freeze the prototype, too, and tell.
 */
const underFrozenPrototype: Plugin = {
  name: 'under-frozen-prototype',
  transform(code, id) {
    if (!/echarts[\\/]lib[\\/]core[\\/]Scheduler\.js/.test(id)) return null;
    return code.replace(
      'target[name_1] = noop;',
      'Object.defineProperty(target, name_1, { value: noop, writable: true, enumerable: true, configurable: true });',
    );
  },
};

const src = fileURLToPath(new URL('./src', import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [
    // `npm test` compiles the messages once, before; the plugin would keep watching them.
    mode !== 'test' &&
      paraglideVitePlugin({
        project: './project.inlang',
        outdir: './src/paraglide',
        strategy: ['baseLocale'],
      }),
    svelte(),
    underFrozenPrototype,
  ],
  resolve: {
    alias: { $: src },
    conditions: mode === 'test' ? ['browser'] : undefined,
  },
  // The shell expects a fixed port in development and no cleared terminal.
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: '127.0.0.1' },
  preview: { port: 4173, host: '127.0.0.1' },
  build: {
    target: ['es2022', 'safari17.5', 'chrome123'],
    cssTarget: ['safari17.5', 'chrome123'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
  },
}));
