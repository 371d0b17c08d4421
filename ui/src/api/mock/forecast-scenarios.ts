/** Scenarios saved in the made-up book. */
import type {
  Assumptions,
  CompareInput,
  Comparison,
  ExplainInput,
  Explanation,
  ScenarioRow,
  ScenarioSave,
} from '../bindings';
import { assumptionsOf, bandOf, bandsOf, runOf, two } from './forecast-numbers';
import { changed, explanationOf } from './forecast-questions';
import { edit, open, refuse, TODAY } from './state';

interface Saved {
  row: ScenarioRow;
  assumptions: Assumptions;
}

const shelf = (): Saved[] => (open().kept?.scenarios as Saved[] | undefined) ?? first();

function row(id: string, name: string, note: string, assumptions: Assumptions): Saved {
  return {
    row: {
      id,
      name,
      kind: 'book',
      program: assumptions.program,
      currency: assumptions.currency,
      months: assumptions.months,
      note,
      saved_at: `${TODAY}T09:12:00Z`,
      revision: 1,
    },
    assumptions,
  };
}

function first(): Saved[] {
  if (!open().ledger.length) return [];
  const base = assumptionsOf(null, 24);
  const [plan] = base.plans;
  const more = plan ? changed(base, `plans.${plan.plan}.new_direct`, '6.4') : base;
  return [
    row('sc-1', 'Twice the starters', 'If the summer webinar works as the spring one did.', more),
    row('sc-2', 'A bad refund year', '', changed(base, 'refund_probability', '0.12')),
  ];
}

function keep(label: string, next: (list: Saved[]) => Saved[]): void {
  const before = shelf();
  edit(label, (book) => {
    book.kept = { ...book.kept, scenarios: next(before) };
  });
}

export function find(id: string): Saved {
  return (
    shelf().find(({ row }) => row.id === id || row.name === id) ??
    refuse('scenario.unknown', `There is no scenario “${id}”.`)
  );
}

export const list = () => shelf().map(({ row }) => row);

export function save(input: ScenarioSave): ScenarioRow {
  if (!input.name.trim()) refuse('scenario.name', 'A scenario needs a name.');
  if (shelf().some(({ row }) => row.name === input.name && row.id !== input.id))
    refuse('scenario.name_taken', `There is a scenario “${input.name}” already.`, 'Choose another name.');
  const old = input.id ? find(input.id) : null;
  const assumptions = input.assumptions ?? old?.assumptions ?? assumptionsOf(null, 24);
  const made = row(
    old?.row.id ?? `sc-${crypto.randomUUID()}`,
    input.name,
    input.note ?? old?.row.note ?? '',
    assumptions,
  );
  made.row.revision = (old?.row.revision ?? 0) + 1;
  keep(old ? `Scenario “${input.name}” changed` : `Scenario “${input.name}” saved`, (all) =>
    old ? all.map((one) => (one.row.id === old.row.id ? made : one)) : [...all, made],
  );
  return made.row;
}

export function duplicate(id: string): ScenarioRow {
  const old = find(id);
  return save({ id: null, name: `${old.row.name} 2`, assumptions: old.assumptions, note: old.row.note });
}

export function remove(id: string): Record<string, never> {
  const old = find(id);
  keep(`Scenario “${old.row.name}” removed`, (all) => all.filter((one) => one.row.id !== old.row.id));
  return {};
}

const named = (id: string, program: string | null) =>
  id === 'book' ? row('book', 'The book as it is', '', assumptionsOf(program, 24)) : find(id);

/** What is behind a scenario's total, or behind its distance to another. */
export function explained(input: ExplainInput): Explanation {
  const program = input.assumptions?.program ?? input.program;
  const mine = named(input.key, program);
  const other = input.plan ? named(input.plan, program) : null;
  const theirs = other ? runOf(other.assumptions).months : [];
  const lines = runOf(mine.assumptions).months.map((one, index) => ({
    label: one.month,
    value: two(Number(one.net) - Number(theirs[index]?.net ?? 0)),
  }));
  const all = two(lines.reduce((sum, one) => sum + Number(one.value), 0));
  return {
    ...explanationOf({ ...input, assumptions: mine.assumptions, what: 'total', key: '', plan: null }),
    title: other
      ? `${mine.row.name} against ${other.row.name}`
      : `${mine.row.name}: net of ${lines.length} months`,
    value: all,
    sentences: ['The expected net of every full month, added up.'],
    lines: [...lines, { label: 'All months', value: all }],
  };
}

export function compare(input: CompareInput): Comparison {
  const all = input.scenarios.map((id) => named(id, input.program));
  const months = [
    ...new Set(all.flatMap((one) => runOf(one.assumptions).months.map(({ month }) => month))),
  ].sort();
  const runs = all.map((one) => ({
    ...one,
    bands: bandsOf(one.assumptions, 1, 1000),
    done: runOf(one.assumptions),
  }));
  const base = Number(runs[0]?.done.total ?? 0);
  return {
    scenarios: runs.map(({ row, done, bands }, index) => {
      const difference = Number(done.total) - base;
      return {
        id: row.id,
        name: row.name,
        currency: row.currency,
        total: done.total,
        band: bands.total,
        difference: index ? two(difference) : null,
        difference_band: index
          ? { low: two(difference * 0.72 - 90), middle: two(difference), high: two(difference * 1.3 + 90) }
          : null,
        better: index ? (1 / (1 + Math.exp(-difference / 2500))).toFixed(3) : null,
      };
    }),
    months: months.map((month) => ({
      month,
      net: runs.map(({ done }) => done.months.find((one) => one.month === month)?.net ?? null),
      bands: runs.map(({ done }) => {
        const found = done.months.find((one) => one.month === month);
        return found ? bandOf(Number(found.net), Number(found.sd)) : null;
      }),
    })),
    paths: 1000,
    seed: 1,
    sentences: ['All of them were played with the same luck, so what differs is the scenarios alone.'],
  };
}
