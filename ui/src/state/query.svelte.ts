/** Reading from the book: what was read stays on screen until newer data is there, and a change reads it again. */
import { untrack } from 'svelte';
import { type CommandName, call, type Input, type Output } from '$/api/client';
import { type ApiFailure, toFailure } from '$/api/failure';
import { session } from './session.svelte';

export interface Query<T> {
  /** The last answer; undefined before the first one. */
  readonly data: T | undefined;
  readonly failure: ApiFailure | null;
  readonly loading: boolean;
  reload(): void;
}

/**
 * Asks a command now and again whenever its input or the book changes. A null input asks nothing.
 * Call it while a component is set up: `const links = useQuery('link_list', () => ({ limit: 50 }))`.
 */
export function useQuery<N extends CommandName>(
  name: N,
  input: () => Input<N> | undefined,
): Query<Output<N>> {
  let data = $state.raw<Output<N> | undefined>(undefined);
  let failure = $state.raw<ApiFailure | null>(null);
  let loading = $state(false);
  let again = $state(0);
  let asked = 0;

  $effect(() => {
    void again;
    void session.version;
    const value = input();
    if (value === undefined) return;
    const ticket = ++asked;
    untrack(() => {
      loading = true;
    });
    (call as (name: N, input: Input<N>) => Promise<Output<N>>)(name, value).then(
      (answer) => {
        if (ticket !== asked) return;
        data = answer;
        failure = null;
        loading = false;
      },
      (thrown) => {
        if (ticket !== asked) return;
        failure = toFailure(thrown);
        loading = false;
      },
    );
  });

  return {
    get data() {
      return data;
    },
    get failure() {
      return failure;
    },
    get loading() {
      return loading;
    },
    reload() {
      again += 1;
    },
  };
}
