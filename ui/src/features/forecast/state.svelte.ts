/** Everything the parts of the forecast share: what the book says, what the user changed, and the answers. */
import type { Assumptions, ForecastDone } from '$/api/bindings';
import { filters } from '$/state/filters.svelte';
import { useQuery } from '$/state/query.svelte';
import type { View } from './address';
import { trial } from './edits.svelte';
import { applied, behindShown, rangesOf, stepsOf, tierSteps, tiersOf } from './model';
import { useBands, useMonths } from './run.svelte';

/** Make one while a component is set up. */
export class Outlook {
  readonly query = useQuery('forecast_open', () => ({ program: filters.program, months: trial.months }));
  readonly #view: () => View;

  base = $derived(this.query.data?.assumptions ?? null);
  notices = $derived(this.query.data?.notices ?? []);
  edits = $derived(this.base ? trial.of(this.base.program) : {});
  /** Whether a slider stands elsewhere than in the book. */
  changed = $derived(Object.keys(this.edits).length > 0);
  now: Assumptions | null = $derived(this.base && applied(this.base, this.edits));

  readonly #months = useMonths(() => (this.changed ? this.now : null));
  readonly #bands = useBands(() => this.now);

  done: ForecastDone | null = $derived(
    this.changed
      ? (this.#months.last ?? this.query.data?.forecast ?? null)
      : (this.query.data?.forecast ?? null),
  );
  bands = $derived(this.#bands.fresh);
  /** The last simulated payouts, also while newer ones are on their way. */
  payouts = $derived(this.#bands.last?.payouts ?? null);
  failure = $derived(this.#months.failure ?? this.#bands.failure);

  tiers = $derived(this.base ? tiersOf(this.base.plans) : []);
  ranges = $derived(this.done && rangesOf(this.done, this.bands));
  actuals = $derived((this.query.data?.actuals ?? []).slice(-behindShown(this.done?.months.length ?? 0) - 1));
  steps = $derived(this.done && this.ranges ? stepsOf(this.actuals, this.done, this.ranges.months) : []);
  parts = $derived(this.done ? tierSteps(this.steps, this.tiers, this.actuals, this.done) : []);
  currency = $derived(this.done?.currency ?? this.base?.currency ?? '');

  constructor(view: () => View) {
    this.#view = view;
  }

  get view(): View {
    return this.#view();
  }
}
