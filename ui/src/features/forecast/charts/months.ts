/** The months as bars: by plan tier, or customers there are against those supposed. */
import type { EChartsCoreOption } from 'echarts/core';
import { colour, faded, tierToken } from '$/lib/colours';
import { isZero, plotted, sum } from '$/lib/decimal';
import type { Step, TierSteps } from '../model';
import { based, hatched, type Line, type Look, labelStyle, nowLine, tip } from './draw';

export interface Months extends Look {
  steps: Step[];
  parts: TierSteps[];
  /** What came of no known plan. */
  rest: (string | null)[];
  short: (month: string) => string;
  long: (month: string) => string;
  money: (amount: string) => string;
  between: (low: number, high: number) => string;
  words: {
    came: string;
    contracted: string;
    assumed: string;
    planless: string;
    supposed: (name: string) => string;
    /** Short words beside the bars. */
    have: string;
    fresh: string;
  };
}

interface Layer {
  name: string;
  /** How it is called in the tooltip. */
  said: string;
  mark: string;
  style: object;
  values: (string | null)[];
  label: string | null;
}

const drawn = (values: (string | null)[]) => values.map((value) => (value === null ? null : plotted(value)));
const anything = (values: (string | null)[]) => values.some((value) => value !== null && !isZero(value));

/** Which tiers are named at the end of the bars: those thick enough to stand beside their name. */
export function named(parts: TierSteps[], least = 0.07): Set<number> {
  const last = (part: TierSteps) =>
    Math.max(0, plotted(part.contracted.at(-1) ?? '0')) + Math.max(0, plotted(part.assumed.at(-1) ?? '0'));
  const top = parts.reduce((all, part) => all + last(part), 0);
  return new Set(parts.filter((part) => top > 0 && last(part) / top >= least).map((part) => part.tier.tier));
}

export function byPlan(data: Months): EChartsCoreOption {
  const labels = named(data.parts);
  const layers = data.parts.flatMap((part): Layer[] => {
    const fill = colour(tierToken(part.tier.place));
    const { name } = part.tier;
    const wide =
      plotted(part.contracted.at(-1) ?? '0') >= plotted(part.assumed.at(-1) ?? '0')
        ? 'contracted'
        : 'assumed';
    const label = (which: string) => (labels.has(part.tier.tier) && which === wide ? name : null);
    return [
      { name, said: name, mark: fill, style: { color: fill }, values: part.came, label: null },
      {
        name,
        said: name,
        mark: faded(fill, 0.7),
        style: { color: faded(fill, 0.55) },
        values: part.contracted,
        label: label('contracted'),
      },
      {
        name,
        said: data.words.supposed(name),
        mark: faded(fill, 0.35),
        style: hatched(fill),
        values: part.assumed,
        label: label('assumed'),
      },
    ];
  });
  const grey = colour('--text-3');
  layers.unshift({
    name: data.words.planless,
    said: data.words.planless,
    mark: grey,
    style: { color: faded(grey, 0.6) },
    values: data.rest,
    label: null,
  });
  return stacked(data, layers);
}

export function bySureness(data: Months): EChartsCoreOption {
  const accent = colour('--accent');
  const total = (which: 'contracted' | 'assumed') =>
    data.steps.map((step, index) =>
      step.kind === 'behind' ? null : sum(data.parts.map((part) => part[which][index] ?? '0')),
    );
  const { words } = data;
  return stacked(data, [
    {
      name: words.came,
      said: words.came,
      mark: accent,
      style: { color: accent },
      values: data.steps.map((step) => step.came),
      label: null,
    },
    {
      name: words.contracted,
      said: words.contracted,
      mark: faded(accent, 0.55),
      style: { color: faded(accent, 0.5) },
      values: total('contracted'),
      label: words.have,
    },
    {
      name: words.assumed,
      said: words.assumed,
      mark: faded(accent, 0.3),
      style: hatched(accent),
      values: total('assumed'),
      label: words.fresh,
    },
  ]);
}

function stacked(data: Months, all: Layer[]): EChartsCoreOption {
  const layers = all.filter((layer) => anything(layer.values));
  const room = Math.max(0, ...layers.map((layer) => layer.label?.length ?? 0));
  const base = based(data, room);
  const border = data.steps.findIndex((step) => step.kind !== 'behind');
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      formatter: (points: { dataIndex: number }[]) => {
        const index = points[0]?.dataIndex ?? 0;
        const step = data.steps[index];
        if (!step) return '';
        const lines = layers.flatMap((layer): Line[] => {
          const value = layer.values[index];
          return value == null || isZero(value)
            ? []
            : [{ mark: layer.mark, name: layer.said, value: data.money(value) }];
        });
        return tip(
          `${data.long(step.month)} · ${data.money(step.expected ?? step.came ?? '0')}`,
          lines,
          step.range ? data.between(step.range.low, step.range.high) : '',
        );
      },
    },
    xAxis: { ...base.xAxis, data: data.steps.map((step) => data.short(step.month)) },
    series: layers.map((layer, place) => ({
      type: 'bar',
      name: layer.name,
      stack: 'months',
      barCategoryGap: '24%',
      emphasis: { disabled: true },
      itemStyle: layer.style,
      ...(place === 0 && border > 0 ? { markLine: nowLine(border - 1) } : {}),
      data: drawn(layer.values).map((value, index, values) => ({
        value,
        ...(layer.label && index === values.length - 1
          ? { label: { show: true, position: 'right', distance: 8, formatter: layer.label, ...labelStyle() } }
          : {}),
      })),
    })),
  };
}
