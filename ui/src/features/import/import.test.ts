import { describe, expect, it } from 'vitest';
import type { ImportOptions, MappingDraft } from '$/api/bindings';
import {
  allWords,
  columnsOf,
  dropped,
  fieldsOf,
  kept,
  meaningOf,
  missing,
  nameFor,
  refusedName,
  withColumn,
  withWord,
} from './draft';
import { fieldWord, meaningName } from './words';

const draft: MappingDraft = {
  name: 'portal',
  columns: [
    { field: 'date', column: 'Date' },
    { field: 'sub_id', column: 'Sub 1' },
    { field: 'sub_id', column: 'Sub 4' },
  ],
  program: 'kartra',
  currency: null,
  kind: null,
  tier: null,
  approval: null,
  date_order: null,
  decimal: ',',
  time_zone: null,
  words: [{ field: 'approval', word: 'Cleared', meaning: 'approved' }],
};

describe('the columns of a mapping', () => {
  it('are set, replaced and taken away', () => {
    const more = withColumn(draft, 'commission', 0, 'Provision');
    expect(columnsOf(more, 'commission')).toEqual(['Provision']);
    expect(columnsOf(withColumn(more, 'commission', 0, 'Net'), 'commission')).toEqual(['Net']);
    expect(columnsOf(withColumn(more, 'commission', 0, ''), 'commission')).toEqual([]);
    expect(draft.columns).toHaveLength(3);
  });

  it('keep the order of several sub-IDs, and name none twice', () => {
    expect(columnsOf(withColumn(draft, 'sub_id', 0, 'Sub 2'), 'sub_id')).toEqual(['Sub 2', 'Sub 4']);
    expect(columnsOf(withColumn(draft, 'sub_id', 2, 'Sub 9'), 'sub_id')).toEqual(['Sub 1', 'Sub 4', 'Sub 9']);
    expect(columnsOf(withColumn(draft, 'sub_id', 2, 'Sub 1'), 'sub_id')).toEqual(['Sub 1', 'Sub 4']);
    expect(columnsOf(withColumn(draft, 'sub_id', 0, ''), 'sub_id')).toEqual(['Sub 4']);
  });

  it('dropped on a field stand in place of the one there, or beside it', () => {
    expect(columnsOf(dropped(draft, 'date', 'Day'), 'date')).toEqual(['Day']);
    expect(columnsOf(dropped(draft, 'sub_id', 'Sub 2'), 'sub_id')).toEqual(['Sub 1', 'Sub 4', 'Sub 2']);
  });

  it('may serve more than one field', () => {
    expect(fieldsOf(withColumn(draft, 'order', 0, 'Date'), 'Date')).toEqual(['date', 'order']);
  });

  it('say which required fields still lack one', () => {
    const fields = ['date', 'commission', 'sale'].map((name, index) => ({ name, required: index < 2 }));
    expect(missing(fields, draft)).toEqual(['commission']);
  });
});

describe('the words of a file', () => {
  it('are compared without case, and can be left open again', () => {
    const again = withWord(draft, 'approval', 'CLEARED ', 'reversed');
    expect(again.words).toEqual([{ field: 'approval', word: 'CLEARED ', meaning: 'reversed' }]);
    expect(withWord(again, 'approval', 'cleared', '').words).toEqual([]);
    expect(withWord(draft, 'payment', 'Cleared', 'paid').words).toHaveLength(2);
  });

  it('are those of the first rows and those a check found further down', () => {
    const found = [{ field: 'approval', word: 'Open', meaning: 'pending', count: 3 }];
    const words = allWords(found, [
      { field: 'approval', word: 'open', count: 9 },
      { field: 'approval', word: 'Held', count: 2 },
    ]);
    expect(words.map((word) => [word.word, word.meaning])).toEqual([
      ['Open', 'pending'],
      ['Held', null],
    ]);
    expect(meaningOf(draft, { field: 'approval', word: 'cleared', meaning: null, count: 1 })).toBe(
      'approved',
    );
    expect(meaningOf(draft, { field: 'approval', word: 'Held', meaning: null, count: 1 })).toBe('');
  });

  it('have names for people, and a source’s own stays as it is', () => {
    expect(fieldWord('approval')).toBe('Status');
    expect(meaningName('payment', 'clawed_back')).toBe('Taken back');
    expect(meaningName('approval', 'under_review')).toBe('under_review');
  });
});

it('a mapping is kept with what was corrected about its file', () => {
  const options = { currency: 'EUR', date_order: 'day-first', program: null } as ImportOptions;
  expect(kept(draft, options, 'mine')).toMatchObject({
    name: 'mine',
    program: 'kartra',
    currency: 'EUR',
    date_order: 'day-first',
    decimal: ',',
  });
});

describe('names', () => {
  it('of mappings come from the file, not from its month', () => {
    expect(nameFor('/home/ana/Kartra_earnings_2026-02.csv')).toBe('Kartra earnings');
    expect(nameFor('C:\\reports\\2026.csv')).toBe('2026');
  });

  it('of refused rows tell where they are from', () => {
    expect(refusedName('C:\\reports\\portal.xlsx')).toBe('portal refused.csv');
  });
});
