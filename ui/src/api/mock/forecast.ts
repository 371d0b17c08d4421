/** Answers about forecast. */
import type { Handlers } from '.';

export const forecast: Handlers = {};
