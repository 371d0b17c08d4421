/** Colours of the tokens as plain values, for drawings that cannot read CSS variables. */

const context =
  typeof document === 'undefined'
    ? null
    : document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** The token "--tier-3" as "rgba(…)", in the theme shown now. */
export function colour(token: string): string {
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

/** The colour of a plan tier by its place from the smallest plan up, 0 the first; the ninth starts over. */
export function tierToken(place: number): string {
  return `--tier-${(place % 8) + 1}`;
}
