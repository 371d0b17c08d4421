/** Answers about programs, terms, destinations and channels. */
import type { ProgramDetail } from '../bindings';
import type { Handlers } from '.';
import { KINDS } from './made';
import { type Book, edit, has, open, page, refuse, TODAY } from './state';

function find(book: Book, id: string): ProgramDetail {
  return (
    book.programs.find(({ program }) => program.id === id || program.uid === id) ??
    refuse('program.unknown', `There is no program “${id}”.`)
  );
}

function change(id: string, label: string, next: (program: ProgramDetail) => ProgramDetail): ProgramDetail {
  return edit(label, (book) => {
    const after = next(structuredClone(find(book, id)));
    book.programs = book.programs.map((other) => (other.program.id === after.program.id ? after : other));
    return after;
  });
}

export const programs: Handlers = {
  program_list: (input) =>
    page(
      open()
        .programs.map(({ program }) => program)
        .filter(
          (program) => has(input.search, program.name, program.id) && (input.archived || !program.archived),
        ),
      input,
    ),
  program_show: ({ id }) => find(open(), id),
  program_terms: ({ id, on }) => ({ ...find(open(), id).terms, on: on ?? TODAY }),
  program_add: ({ toml }) => {
    const read = (key: string) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(toml)?.[1];
    const name = read('name') ?? 'New program';
    const id = read('id') ?? 'new-program';
    if (open().programs.some(({ program }) => program.id === id))
      refuse('program.taken', `There already is a program “${id}”.`, 'Choose another short name.');
    return edit(`Program “${name}” added`, (book) => {
      const base = structuredClone(find(book, 'kartra'));
      const added: ProgramDetail = {
        ...base,
        program: {
          ...base.program,
          id,
          uid: `p-${id}`,
          name,
          builtin: false,
          undecided: 0,
          joining: null,
          identity: null,
        },
        claims: [],
        joining: [],
      };
      book.programs = [...book.programs, added];
      return added;
    });
  },
  program_update: ({ id, identity, link_style, archived }) =>
    change(id, `${find(open(), id).program.name} changed`, (detail) => {
      if (identity !== null) detail.program.identity = identity || null;
      if (link_style) detail.link_style = link_style;
      if (archived !== null) detail.program.archived = archived;
      return detail;
    }),
  program_set_terms: ({ id, from, values, source, note }) =>
    change(id, `Terms of ${find(open(), id).program.name} set from ${from}`, (detail) => {
      detail.versions.push({
        from,
        version: `own ${from}`,
        source: source || 'My own',
        note,
        own: true,
        values,
      });
      for (const claim of detail.claims) {
        const value = values[claim.key];
        if (value === undefined) continue;
        claim.decided = true;
        claim.current = claim.says.find((says) => says.value === value)?.says ?? value;
      }
      if (values.hold_days) detail.terms.hold_days = Number(values.hold_days);
      if (values.minimum)
        detail.terms.minimum = { amount: values.minimum.split(' ')[0] ?? '0', currency: 'USD' };
      if (values.max_months)
        detail.terms.max_months = values.max_months === 'lifetime' ? null : Number(values.max_months);
      detail.program.undecided = detail.claims.filter((claim) => !claim.decided).length;
      return detail;
    }),
  joining_set: ({ program, step, on, terms_version, note }) =>
    change(program, `Joining ${find(open(), program).program.name}: ${step.replace('_', ' ')}`, (detail) => {
      detail.joining = detail.joining.filter((taken) => taken.step !== step);
      if (on) detail.joining.push({ step, on, terms_version, note });
      detail.program.joining = detail.joining.at(-1)?.step ?? null;
      return detail;
    }),
  destination_save: (input) =>
    change(input.program, `Destination “${input.name}” saved`, (detail) => {
      const saved = {
        id: input.id ?? `d-${Math.random()}`,
        name: input.name,
        kind: input.kind,
        url: input.url,
        archived: input.archived,
      };
      detail.destinations = [...detail.destinations.filter((other) => other.id !== saved.id), saved];
      return detail;
    }),
  channel_list: (input) =>
    page(
      open().channels.filter((channel) => has(input.search, channel.name)),
      input,
    ),
  channel_add: ({ name, kind }) => {
    if (open().channels.some((channel) => channel.name.toLowerCase() === name.toLowerCase()))
      refuse('channel.taken', `There already is a channel “${name}”.`);
    return edit(`Channel “${name}” added`, (book) => {
      const channel = {
        id: `ch-${Math.random()}`,
        name,
        kind,
        kind_label: KINDS.find(([word]) => word === kind)?.[1] ?? kind,
        archived: false,
      };
      book.channels = [...book.channels, channel];
      return channel;
    });
  },
};
