/**
 * The one way from the window to the application. Names, inputs and outputs come from the generated bindings;
 * in a plain browser (development and screen tests) a stand-in with a book of its own answers instead.
 */

import type { Commands } from './bindings';
import { toFailure } from './failure';

export type CommandName = keyof Commands;
export type Input<N extends CommandName> = Commands[N]['input'];
export type Output<N extends CommandName> = Commands[N]['output'];

type Backend = (name: string, input: unknown) => Promise<unknown>;

/** True inside the desktop window. */
export const inWindow = typeof window !== 'undefined' && '__TAURI_INTERNALS__' in window;

let backend: Promise<Backend> | null = null;

async function connect(): Promise<Backend> {
  if (inWindow) {
    const { invoke } = await import('@tauri-apps/api/core');
    return (name, input) => invoke(name, { input });
  }
  if (import.meta.env.DEV || import.meta.env.MODE === 'mock') {
    const { answer } = await import('./mock');
    return answer;
  }
  throw new Error('This page belongs inside the Perennial window.');
}

/** Commands that need nothing are called without an input. */
type Arguments<N extends CommandName> =
  Record<string, never> extends Input<N> ? [input?: Input<N>] : [input: Input<N>];

/** Runs a command. Throws an ApiFailure that can be shown as it is. */
export async function call<N extends CommandName>(name: N, ...[input]: Arguments<N>): Promise<Output<N>> {
  backend ??= connect();
  try {
    return (await (
      await backend
    )(name, input ?? {})) as Output<N>;
  } catch (thrown) {
    throw toFailure(thrown);
  }
}
