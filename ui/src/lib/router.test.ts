import { expect, it } from 'vitest';
import { href, parseRoute } from './router.svelte';

it('reads an address back as it was written', () => {
  expect(parseRoute(href('links', 'a/b c'))).toEqual({ area: 'links', path: ['a/b c'], query: {} });
  expect(parseRoute('#/earnings?tab=payouts')).toEqual({
    area: 'earnings',
    path: [],
    query: { tab: 'payouts' },
  });
});

it('starts on the overview and survives a broken address', () => {
  expect(parseRoute('').area).toBe('overview');
  expect(parseRoute('#/links/%E0%A4%A').path).toEqual(['%E0%A4%A']);
});
