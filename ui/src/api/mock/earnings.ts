/** Answers about the ledger, payouts and reports. */
import type { Handlers } from '.';
import { has, open, page } from './state';

export const earnings: Handlers = {
  ledger_list: (input) =>
    page(
      open().ledger.filter(
        (row) =>
          (!input.program || row.program === input.program) &&
          (!input.standing || row.standing === input.standing) &&
          (!input.from || row.occurred_on >= input.from) &&
          (!input.to || row.occurred_on <= input.to) &&
          has(input.search, row.native_id, row.plan),
      ),
      input,
    ),
};
