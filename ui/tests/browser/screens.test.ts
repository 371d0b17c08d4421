/** Every screen, in light and dark: nothing keeps somebody out, and nothing is wider than the window. */
import { describe, expect, it } from 'vitest';
import { barriers, go, SMALL, sideways, useBrowser } from './page';

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

const { on, shared } = useBrowser();

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  describe('with a full book', () => {
    const at = shared({ theme });

    it.each(SCREENS)('%s has nothing that keeps somebody out', async (hash) => {
      await at(hash, async (page) => {
        expect(await barriers(page)).toEqual([]);
      });
    });
  });

  describe('with an empty book', () => {
    const at = shared({ theme, book: 'empty', ...SMALL });

    it.each(['overview', 'links', 'campaigns', 'earnings', 'connections'])('%s neither', async (hash) => {
      await at(hash, async (page) => {
        expect(await barriers(page)).toEqual([]);
      });
    });
  });

  it('the first run neither', async () => {
    await on({ theme, book: 'none', ...SMALL }, async (page) => {
      expect(await barriers(page)).toEqual([]);
    });
  });
});

it('never makes the window scroll sideways', async () => {
  await on({ hash: 'overview', ...SMALL }, async (page) => {
    for (const hash of SCREENS) {
      await go(page, hash);
      expect((await sideways(page))[1], hash).toBe(0);
    }
  });
});
