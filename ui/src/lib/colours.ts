/** Colours of the tokens as plain values, for drawings that cannot read CSS variables. */

const context =
  typeof document === 'undefined'
    ? null
    : document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** What was asked before, by theme: a chart asks for dozens of them each time it is drawn. */
const known = new Map<string, string>();

/** The token "--tier-3" as "rgba(…)", in the theme shown now. */
export function colour(token: string): string {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const key = `${document.documentElement.dataset.theme ?? (dark ? 'dark' : 'light')} ${token}`;
  const found = known.get(key) ?? read(token);
  known.set(key, found);
  return found;
}

function read(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  if (!context) return value;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${(a / 255).toFixed(3)})`;
}

/** A colour of `colour()`, seen through. */
export function faded(rgba: string, alpha: number): string {
  return rgba.replace(/[\d.]+\)$/, `${alpha})`);
}

/** The colour of a plan tier by its place from the smallest plan up, 0 the first; the ninth starts over. */
export function tierToken(place: number): string {
  return `--tier-${(place % 8) + 1}`;
}
