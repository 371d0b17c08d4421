/** Lines with ranges: scenarios side by side, what was forecast against what came, and how long customers stay. */
import type { EChartsCoreOption } from 'echarts/core';
import type { Comparison, SurvivalCurve } from '$/api/bindings';
import { colour, faded, tierToken } from '$/lib/colours';
import { plotted } from '$/lib/decimal';
import { bandSeries, based, type Look, labelStyle, spread, tip } from './draw';

/** About how high the plot of a chart of lines is. */
const PLOT = 200;

/** Colours that tell lines apart; the first is the accent. */
export function lineColour(place: number): string {
  return place === 0 ? colour('--accent') : colour(tierToken([4, 6, 2, 5, 0, 3, 7][(place - 1) % 7] ?? 0));
}

const dashes = ['solid', [6, 3], [2, 3], [8, 3, 2, 3]];

export interface Compared extends Look {
  comparison: Comparison;
  short: (month: string) => string;
  long: (month: string) => string;
  money: (amount: string, currency: string) => string;
}

export function comparedOption(data: Compared): EChartsCoreOption {
  const { scenarios, months } = data.comparison;
  const base = based(data, Math.min(18, Math.max(0, ...scenarios.map(({ name }) => name.length))));
  const ends = scenarios.map((_, place) => {
    const last = months.findLast(({ net }) => net[place] != null)?.net[place];
    return last == null ? null : plotted(last);
  });
  const tallest = Math.max(
    0,
    ...months.flatMap(({ bands }) => bands.map((band) => (band ? plotted(band.high) : 0))),
  );
  const moved = spread(ends, tallest * 1.1, PLOT);
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      axisPointer: { type: 'line', lineStyle: { color: colour('--control') } },
      formatter: (points: { dataIndex: number }[]) => {
        const month = months[points[0]?.dataIndex ?? 0];
        if (!month) return '';
        return tip(
          data.long(month.month),
          scenarios.flatMap(({ name, currency }, place) => {
            const net = month.net[place];
            return net == null ? [] : [{ mark: lineColour(place), name, value: data.money(net, currency) }];
          }),
        );
      },
    },
    xAxis: { ...base.xAxis, boundaryGap: false, data: months.map(({ month }) => data.short(month)) },
    series: scenarios.flatMap((scenario, place) => {
      const line = lineColour(place);
      const part = (which: 'low' | 'high') =>
        months.map(({ bands }) => (bands[place] ? plotted(bands[place][which]) : null));
      return [
        ...bandSeries(part('low'), part('high'), faded(line, 0.09), `band ${place}`),
        {
          type: 'line',
          name: scenario.name,
          symbol: 'none',
          z: 3,
          lineStyle: { color: line, width: 2, type: dashes[place % dashes.length] },
          data: months.map(({ net }) => (net[place] == null ? null : plotted(net[place] ?? '0'))),
          endLabel: {
            show: true,
            formatter: scenario.name.length > 18 ? `${scenario.name.slice(0, 17)}…` : scenario.name,
            distance: 6,
            offset: [0, moved[place] ?? 0],
            ...labelStyle(),
          },
        },
      ];
    }),
  };
}

/** A month that was forecast, and what came. */
export interface Forecasted {
  month: string;
  ahead: number;
  expected: string;
  low: string;
  high: string;
  actual: string;
}

export interface Came extends Look {
  points: Forecasted[];
  short: (month: string) => string;
  long: (month: string) => string;
  money: (amount: string) => string;
  between: (low: number, high: number) => string;
  words: { expected: string; came: string };
}

/** Ranges that were forecast as bars that hang, and what came as dots in them or beside them. */
export function cameOption(data: Came): EChartsCoreOption {
  const base = based(data);
  const accent = colour('--accent');
  const outside = colour('--warn');
  const { points } = data;
  const bar = { type: 'bar', stack: 'range', barMaxWidth: 22, emphasis: { disabled: true }, silent: true };
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      formatter: (shown: { dataIndex: number }[]) => {
        const point = points[shown[0]?.dataIndex ?? 0];
        if (!point) return '';
        return tip(
          data.long(point.month),
          [
            { mark: faded(accent, 0.5), name: data.words.expected, value: data.money(point.expected) },
            { mark: colour('--text'), name: data.words.came, value: data.money(point.actual) },
          ],
          data.between(plotted(point.low), plotted(point.high)),
        );
      },
    },
    xAxis: { ...base.xAxis, data: points.map(({ month }) => data.short(month)) },
    series: [
      { ...bar, itemStyle: { color: 'transparent' }, data: points.map(({ low }) => plotted(low)) },
      {
        ...bar,
        itemStyle: { color: faded(accent, 0.22), borderRadius: 3 },
        data: points.map(({ low, high }) => plotted(high) - plotted(low)),
      },
      {
        type: 'scatter',
        symbol: 'rect',
        symbolSize: [18, 2],
        itemStyle: { color: accent },
        data: points.map(({ expected }) => plotted(expected)),
      },
      {
        type: 'scatter',
        z: 5,
        data: points.map((point) => {
          const within =
            plotted(point.actual) >= plotted(point.low) && plotted(point.actual) <= plotted(point.high);
          return {
            value: plotted(point.actual),
            symbol: within ? 'circle' : 'diamond',
            symbolSize: within ? 8 : 11,
            itemStyle: { color: within ? colour('--text') : outside },
          };
        }),
      },
    ],
  };
}

export interface Stay extends Look {
  curves: SurvivalCurve[];
  share: (value: number) => string;
  period: (renewals: number) => string;
  words: { observed: string; fitted: string };
}

/** Shares of customers still there, renewal by renewal: seen as steps, fitted as a dashed line. */
export function stayOption(data: Stay): EChartsCoreOption {
  const longest = Math.max(
    0,
    ...data.curves.map(({ fitted, points }) => Math.max(fitted.length, points.length)),
  );
  const places = Array.from({ length: longest }, (_, index) => index);
  const base = based(data, Math.min(22, Math.max(0, ...data.curves.map(({ group }) => group.label.length))));
  // Only labels that end in the same place can lie on one another.
  const moved = spread(
    data.curves.map(({ fitted }) =>
      fitted.length === longest ? plotted(fitted.at(-1)?.survival ?? '0') : null,
    ),
    1,
    PLOT,
  );
  return {
    ...base,
    grid: { ...base.grid, top: 12 },
    tooltip: {
      ...base.tooltip,
      axisPointer: { type: 'line', lineStyle: { color: colour('--control') } },
      formatter: (points: { dataIndex: number }[]) => {
        const place = points[0]?.dataIndex ?? 0;
        return tip(
          data.period(place),
          data.curves.flatMap((curve, index) => {
            const seen = curve.points.find(({ renewals }) => renewals === place);
            const fitted = curve.fitted.find(({ renewals }) => renewals === place);
            const value = seen ?? fitted;
            return value
              ? [
                  {
                    mark: lineColour(index),
                    name: `${curve.group.label}, ${seen ? data.words.observed : data.words.fitted}`,
                    value: data.share(plotted(value.survival)),
                  },
                ]
              : [];
          }),
        );
      },
    },
    xAxis: { ...base.xAxis, boundaryGap: false, data: places.map(String) },
    yAxis: {
      ...(base.yAxis as object),
      name: '',
      max: 1,
      interval: 0.25,
      axisLabel: {
        ...(base.yAxis as { axisLabel: object }).axisLabel,
        formatter: (value: number) => data.share(value),
      },
    },
    series: data.curves.flatMap((curve, place) => {
      const line = lineColour(place);
      const at = (list: SurvivalCurve['points'], which: 'survival' | 'low' | 'high') =>
        places.map((index) => {
          const found = list.find(({ renewals }) => renewals === index);
          return found ? plotted(found[which]) : null;
        });
      return [
        ...bandSeries(at(curve.points, 'low'), at(curve.points, 'high'), faded(line, 0.12), `stay ${place}`),
        {
          type: 'line',
          name: curve.group.label,
          symbol: 'none',
          step: 'end',
          lineStyle: { color: line, width: 2 },
          z: 3,
          data: at(curve.points, 'survival'),
        },
        {
          type: 'line',
          name: data.words.fitted,
          symbol: 'none',
          z: 2,
          lineStyle: { color: line, width: 1.5, type: [4, 4] },
          data: at(curve.fitted, 'survival'),
          endLabel: {
            show: true,
            formatter:
              curve.group.label.length > 22 ? `${curve.group.label.slice(0, 21)}…` : curve.group.label,
            distance: 6,
            offset: [0, moved[place] ?? 0],
            ...labelStyle(),
          },
        },
      ];
    }),
  };
}
