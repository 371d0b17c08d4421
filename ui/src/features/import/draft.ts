/** A mapping while it is being made: which column each field comes from, and what the words of the file mean. */
import type { FoundWord, ImportOptions, MappingDraft, MappingField, UnknownWord } from '$/api/bindings';

/** What the words of each field can mean in the ledger. */
export const MEANINGS: Record<string, readonly string[]> = {
  approval: ['pending', 'approved', 'reversed'],
  payment: ['unpaid', 'scheduled', 'paid', 'clawed_back'],
  kind: ['sale', 'rebill', 'lead', 'bonus', 'second_tier', 'refund', 'chargeback', 'correction'],
};

/** The one field that may come from several columns. */
export const SEVERAL = 'sub_id';

export function columnsOf(draft: MappingDraft, field: string): string[] {
  return draft.columns.filter((one) => one.field === field).map((one) => one.column);
}

/** The fields that a column is read into. */
export function fieldsOf(draft: MappingDraft, column: string): string[] {
  return draft.columns.filter((one) => one.column === column).map((one) => one.field);
}

/** Sets the nth column of a field, adds one behind the last, or takes one away where it is empty. */
export function withColumn(draft: MappingDraft, field: string, index: number, column: string): MappingDraft {
  const others = draft.columns.filter((one) => one.field !== field);
  const own = columnsOf(draft, field);
  if (column) own[Math.min(index, own.length)] = column;
  else own.splice(index, 1);
  const unique = [...new Set(own)];
  return { ...draft, columns: [...others, ...unique.map((name) => ({ field, column: name }))] };
}

/** A column dropped on a field: in place of the one there, or beside it where there may be several. */
export function dropped(draft: MappingDraft, field: string, column: string): MappingDraft {
  return withColumn(draft, field, field === SEVERAL ? columnsOf(draft, field).length : 0, column);
}

/** The required fields that no column was chosen for. */
export function missing(fields: Pick<MappingField, 'name' | 'required'>[], draft: MappingDraft): string[] {
  return fields
    .filter((field) => field.required && columnsOf(draft, field.name).length === 0)
    .map((field) => field.name);
}

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Says what a word means; an empty meaning takes it back. */
export function withWord(draft: MappingDraft, field: string, word: string, meaning: string): MappingDraft {
  const others = draft.words.filter((one) => one.field !== field || !same(one.word, word));
  return { ...draft, words: meaning ? [...others, { field, word, meaning }] : others };
}

/** The words of the first rows, and those that a check of the whole file found beyond them. */
export function allWords(found: FoundWord[], unknown: UnknownWord[]): FoundWord[] {
  const further = unknown.filter(
    (word) => !found.some((one) => one.field === word.field && same(one.word, word.word)),
  );
  return [...found, ...further.map((word) => ({ ...word, meaning: null }))];
}

/** What the draft says of a word now, before the file was looked at again. */
export function meaningOf(draft: MappingDraft, word: FoundWord): string {
  const own = draft.words.find((one) => one.field === word.field && same(one.word, word.word));
  return own?.meaning ?? word.meaning ?? '';
}

/** The draft as it is kept: with its name and everything that was corrected about the file. */
export function kept(draft: MappingDraft, options: ImportOptions, name: string): MappingDraft {
  return {
    ...draft,
    name,
    program: options.program ?? draft.program,
    currency: options.currency ?? draft.currency,
    date_order: options.date_order ?? draft.date_order,
    decimal: options.decimal ?? draft.decimal,
    time_zone: options.time_zone ?? draft.time_zone,
  };
}

/** A name to offer for a mapping: the file's, without its ending and its dates and numbers. */
export function nameFor(file: string): string {
  const stem = file.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, '');
  return (
    stem
      .replace(/[-_ .]*\d[\d\-_. ]*/g, ' ')
      .replace(/[_\s]+/g, ' ')
      .trim() || stem
  );
}

/** Where to offer to write the refused rows of a file. */
export function refusedName(file: string): string {
  return `${file.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, '')} refused.csv`;
}
