import { expect, it } from 'vitest';
import { type PageRequest, Pager } from './pager.svelte';

function source(rows: number) {
  const asked: PageRequest[] = [];
  const load = async (request: PageRequest) => {
    asked.push(request);
    const from = Number(request.after ?? 0);
    const to = Math.min(from + request.limit, rows);
    return {
      items: Array.from({ length: to - from }, (_, index) => from + index),
      next: to < rows ? String(to) : null,
      total: rows,
    };
  };
  return { asked, load };
}

it('reads only what is looked at, and all of it when that is asked', async () => {
  const { asked, load } = source(5000);
  const pager = new Pager(load);
  await pager.restart(null);
  expect(pager.items).toHaveLength(200);
  expect(pager.total).toBe(5000);
  await pager.reach(100);
  expect(asked).toHaveLength(1);
  await pager.reach(4999);
  expect(pager.items).toEqual(Array.from({ length: 5000 }, (_, index) => index));
});

it('drops the answer of a question that was replaced', async () => {
  const answers: ((rows: string[]) => void)[] = [];
  const pager = new Pager<string>(
    () => new Promise((resolve) => answers.push((items) => resolve({ items, next: null }))),
  );
  const first = pager.restart(null);
  const second = pager.restart({ by: 'date', descending: true });
  answers[1]?.(['new']);
  await second;
  answers[0]?.(['old']);
  await first;
  expect(pager.items).toEqual(['new']);
});

it('keeps the rows and tells the failure when a page does not come', async () => {
  const pager = new Pager<number>(async () => {
    throw { code: 'book.locked', message: 'The book is in use.', hints: [] };
  });
  await pager.restart(null);
  expect(pager.failure?.code).toBe('book.locked');
  expect(pager.starting).toBe(false);
});
