/** Round values for an axis that has to hold `least` and `most`, zero among them: (0, 370, 4) → 0, 100, 200, 300, 400. */
export function ticks(least: number, most: number, parts: number): number[] {
  const low = Math.min(0, least);
  const high = Math.max(0, most);
  if (!Number.isFinite(high - low) || high === low) return [0];
  const rough = (high - low) / parts;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * ([1, 2, 2.5, 5].find((factor) => factor * ten >= rough * 0.999) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
