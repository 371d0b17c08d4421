/** Findings in a text: their places from Unicode scalar values to the UTF-16 units of the browser, and the marks to draw. */
import type { FindingDto } from '$/api/bindings';

export type Severity = 'error' | 'warning' | 'info';

export function severityOf(word: string): Severity {
  return word === 'error' || word === 'warning' ? word : 'info';
}

const WEIGHT: Record<Severity, number> = { error: 3, warning: 2, info: 1 };

/** The UTF-16 offset of each scalar offset asked for, in one walk through the text. Offsets past the end are the end. */
export function toUtf16(text: string, offsets: number[]): number[] {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  const places = new Map<number, number>();
  let scalar = 0;
  let unit = 0;
  let next = 0;
  for (const char of text) {
    while (next < wanted.length && (wanted[next] as number) <= scalar)
      places.set(wanted[next++] as number, unit);
    if (next >= wanted.length) break;
    scalar += 1;
    unit += char.length;
  }
  for (; next < wanted.length; next++) places.set(wanted[next] as number, text.length);
  return offsets.map((offset) => places.get(offset) ?? text.length);
}

export interface Segment {
  text: string;
  /** The gravest of the findings here; null for plain text. */
  severity: Severity | null;
  /** Places in the list of findings. */
  findings: number[];
}

/** The text cut at the edges of its findings. */
export function segments(text: string, findings: FindingDto[]): Segment[] {
  const spans = findings.flatMap((finding, index) => {
    if (!finding.span) return [];
    const [from = 0, to = 0] = toUtf16(text, finding.span);
    return to > from ? [{ from, to, index, severity: severityOf(finding.severity) }] : [];
  });
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort(
    (a, b) => a - b,
  );
  return edges.slice(0, -1).map((from, place) => {
    const to = edges[place + 1] as number;
    const here = spans.filter((span) => span.from < to && span.to > from);
    const gravest = here.reduce<Severity | null>(
      (worst, { severity }) => (worst && WEIGHT[worst] >= WEIGHT[severity] ? worst : severity),
      null,
    );
    return { text: text.slice(from, to), severity: gravest, findings: here.map((span) => span.index) };
  });
}

/** The text with a disclosure where a reader meets it first: at the top, in a mail below its subject. */
export function withDisclosure(text: string, wording: string, channel: string): string {
  const head = channel === 'email' ? /^(?:[A-Za-z-]+:.*(?:\r?\n|$))+(?:\r?\n)?/.exec(text)?.[0] : undefined;
  if (!head) return text.trim() ? `${wording}\n\n${text}` : wording;
  const body = text.slice(head.length);
  return `${head.trimEnd()}\n\n${wording}\n\n${body.trimStart()}`;
}
