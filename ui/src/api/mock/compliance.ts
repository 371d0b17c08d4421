/** Answers about compliance. */
import type { Handlers } from '.';

export const compliance: Handlers = {};
