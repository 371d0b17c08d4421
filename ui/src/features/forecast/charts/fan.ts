/** The months: what came as a line, what is expected as a lighter one, and between them and the eye the range. */
import type { EChartsCoreOption } from 'echarts/core';
import { colour, faded } from '$/lib/colours';
import { plotted } from '$/lib/decimal';
import type { Step } from '../model';
import { bandSeries, based, type Look, labelStyle, nowLine, tip } from './draw';

export interface Fan extends Look {
  steps: Step[];
  short: (month: string) => string;
  long: (month: string) => string;
  money: (amount: string) => string;
  about: (value: number) => string;
  between: (low: number, high: number) => string;
  words: { came: string; soFar: string; expected: string; likely: string };
}

export function fanOption(data: Fan): EChartsCoreOption {
  const { steps } = data;
  const accent = colour('--accent');
  const lastBehind = steps.findLastIndex((step) => step.kind === 'behind');
  const last = steps.at(-1);
  const ends = last?.range && !data.hidden ? [last.range.high, last.range.likely, last.range.low] : [];
  const labels = ends.map(data.about);
  const base = based(data, Math.max(0, ...labels.map((label) => label.length)));

  // The lines run on from the last month that is over, so that the past and the future are one.
  const joint = (index: number) => (index === lastBehind ? plotted(steps[index]?.came ?? '0') : null);
  const low = steps.map((step, index) => step.range?.low ?? joint(index));
  const high = steps.map((step, index) => step.range?.high ?? joint(index));
  const likely = steps.map((step, index) => step.range?.likely ?? joint(index));

  const line = { type: 'line', symbol: 'none', showSymbol: false, z: 3 };
  const end = (place: number) => ({
    show: labels.length > 0 && apart(ends, place),
    formatter: () => labels[place] ?? '',
    distance: 6,
    ...labelStyle(),
  });
  const [bottom, top] = bandSeries(low, high, faded(accent, 0.16), 'range');
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      axisPointer: { type: 'line', lineStyle: { color: colour('--control') } },
      formatter: (points: { dataIndex: number }[]) => {
        const step = steps[points[0]?.dataIndex ?? 0];
        if (!step) return '';
        const lines = [];
        if (step.came !== null)
          lines.push({
            mark: accent,
            name: step.kind === 'present' ? data.words.soFar : data.words.came,
            value: data.money(step.came),
          });
        if (step.expected !== null)
          lines.push({
            mark: faded(accent, 0.5),
            name: data.words.expected,
            value: data.money(step.expected),
          });
        return tip(
          data.long(step.month),
          lines,
          step.range ? data.between(step.range.low, step.range.high) : '',
        );
      },
    },
    xAxis: { ...base.xAxis, boundaryGap: false, data: steps.map((step) => data.short(step.month)) },
    series: [
      bottom,
      { ...top, endLabel: end(0) },
      {
        ...line,
        name: data.words.likely,
        data: likely,
        lineStyle: { color: faded(accent, 0.9), width: 2, type: [5, 4] },
        endLabel: end(1),
      },
      // Drawn for its label alone.
      { ...line, name: 'low', silent: true, data: low, lineStyle: { opacity: 0 }, endLabel: end(2) },
      {
        ...line,
        name: data.words.came,
        data: steps.map((step) => (step.kind === 'behind' ? plotted(step.came ?? '0') : null)),
        lineStyle: { color: accent, width: 2.5 },
        areaStyle: { color: faded(accent, 0.07) },
        ...(lastBehind >= 0 ? { markLine: nowLine(lastBehind) } : {}),
      },
      ...soFar(steps, accent),
    ],
  };
}

/** Whether something came already of the month that is not over. */
export function hasSoFar(steps: Step[]): boolean {
  return steps.some((step) => step.kind === 'present' && step.came !== null && Number(step.came) !== 0);
}

/** What came of the present month so far, as a ring. Words beside it would lie on the lines; the key below names it. */
function soFar(steps: Step[], accent: string): object[] {
  if (!hasSoFar(steps)) return [];
  const index = steps.findIndex((step) => step.kind === 'present');
  return [
    {
      type: 'scatter',
      name: 'so far',
      z: 4,
      symbolSize: 7,
      itemStyle: { color: colour('--surface'), borderColor: accent, borderWidth: 2 },
      data: [[index, plotted(steps[index]?.came ?? '0')]],
    },
  ];
}

/** Whether a label at the end stands far enough from the one in the middle to be read. */
export function apart(ends: number[], place: number): boolean {
  const [high = 0, likely = 0, low = 0] = ends;
  if (place === 1) return true;
  return Math.abs((place === 0 ? high : low) - likely) > Math.max(1, Math.abs(high)) * 0.075;
}
