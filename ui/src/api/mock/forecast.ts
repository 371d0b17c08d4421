/** Answers about forecasts. */
import type { Handlers } from '.';
import { channelsOf } from './forecast-channels';
import { cohortsOf, priorsOf, residualOf, survivalOf, wallOf } from './forecast-evidence';
import { actualsOf, assumptionsOf, bandsOf, noticesOf, ownPriors, runOf } from './forecast-numbers';
import { explanationOf, goalOf, methods, tornadoOf } from './forecast-questions';
import { accuracyOf, backtestOf } from './forecast-record';
import * as scenarios from './forecast-scenarios';
import { work } from './jobs';
import { edit, has, open, page, refuse, TODAY } from './state';

export const forecast: Handlers = {
  picture_save: ({ path, bytes }) => {
    if (!/\.(svg|png)$/.test(path)) refuse('picture.format', `“${path}” is not a picture format here.`);
    if (!bytes.length) refuse('picture.content', 'What was to be written is not such a picture.');
    return { files: [path] };
  },
  forecast_assumptions: ({ program, months }) => assumptionsOf(program, months ?? 24),
  forecast_open: ({ program, months }) => {
    const assumptions = assumptionsOf(program, months ?? 24);
    return {
      assumptions,
      forecast: runOf(assumptions),
      actuals: actualsOf(assumptions),
      notices: noticesOf(assumptions),
      snapshot: TODAY,
    };
  },
  forecast_run: (input) => runOf(input),
  forecast_channels: (input) => channelsOf(input),
  forecast_bands: async ({ assumptions, paths, seed, job }) => {
    await work(job, paths ?? 1000, 2);
    return bandsOf(assumptions, seed ?? 1, paths ?? 1000);
  },
  forecast_cohorts: (input) => cohortsOf(input),
  forecast_survival: (input) => survivalOf(input),
  forecast_tornado: (input) => tornadoOf(input),
  forecast_goal: async (input) => {
    const answer = goalOf(input);
    await work(input.job, 1000, 4);
    return answer;
  },
  forecast_explain: (input) =>
    input.what === 'scenario' ? scenarios.explained(input) : explanationOf(input),
  forecast_methods: () => methods,
  forecast_wall: ({ program, months }) => wallOf(program, months ?? 24),
  forecast_residual: ({ program, discount }) => residualOf(program, discount ?? '0.10'),
  forecast_accuracy: ({ program }) => accuracyOf(program),
  forecast_backtest: async (input) => {
    await work(input.job, 12, 6);
    return backtestOf(input);
  },
  forecast_priors: () => priorsOf(),
  forecast_prior_set: ({ key, value, weight, source }) => {
    edit(`Common value ${key} set`, (book) => {
      const { [key]: _, ...others } = ownPriors();
      book.kept = {
        ...book.kept,
        priors: value === null ? others : { ...others, [key]: { value, weight, source } },
      };
    });
    return priorsOf();
  },
  forecast_export: ({ path }) => ({ files: [path] }),
  scenario_list: (input) => {
    open();
    return page(
      scenarios.list().filter((row) => has(input.search, row.name, row.note)),
      input,
    );
  },
  scenario_show: ({ id }) => {
    const found = scenarios.find(id);
    return { scenario: found.row, assumptions: found.assumptions, forecast: runOf(found.assumptions) };
  },
  scenario_save: (input) => scenarios.save(input),
  scenario_duplicate: ({ id }) => scenarios.duplicate(id),
  scenario_remove: ({ id }) => scenarios.remove(id),
  scenario_compare: async (input) => {
    await work(input.job, 1000, 3);
    return scenarios.compare(input);
  },
  scenario_export: ({ path }) => ({ files: [path] }),
  scenario_import: ({ path, name }) =>
    scenarios.save({
      id: null,
      name:
        name ??
        path
          .split('/')
          .pop()
          ?.replace(/\.json$/, '') ??
        'Imported',
      assumptions: null,
      note: null,
    }),
};
