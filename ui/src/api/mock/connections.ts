/** Answers about connections, imports and syncs. */
import type { Handlers } from '.';
import { has, open, page } from './state';

export const connections: Handlers = {
  connection_list: (input) => page(open().connections.filter((row) => has(input.search, row.name)), input),
};
