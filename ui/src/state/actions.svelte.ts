/** Writes: run a command, tell what happened, offer to undo it, and let every open screen read again. */
import { type CommandName, call, type Input, type Output } from '$/api/client';
import { m } from '$/paraglide/messages.js';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';

/**
 * Runs a command that writes. On success it says `done` with Undo beside it and gives back the answer;
 * on failure it says what went wrong and gives back null.
 */
export async function write<N extends CommandName>(
  name: N,
  input: Input<N>,
  done: string | ((answer: Output<N>) => string) | null,
): Promise<Output<N> | null> {
  try {
    const answer = await (call as (name: N, input: Input<N>) => Promise<Output<N>>)(name, input);
    session.changed();
    if (done) {
      toasts.done(typeof done === 'function' ? done(answer) : done, {
        label: m.action_undo(),
        run: () => void undo(),
      });
    }
    return answer;
  } catch (thrown) {
    toasts.fail(thrown);
    return null;
  }
}

export async function undo(): Promise<void> {
  try {
    const turned = await call('undo');
    session.changed();
    toasts.done(m.undone({ what: turned.label }), { label: m.action_redo(), run: () => void redo() });
  } catch (thrown) {
    toasts.fail(thrown);
  }
}

export async function redo(): Promise<void> {
  try {
    const turned = await call('redo');
    session.changed();
    toasts.done(m.redone({ what: turned.label }), { label: m.action_undo(), run: () => void undo() });
  } catch (thrown) {
    toasts.fail(thrown);
  }
}
