/** Asks for the months ahead whenever the assumptions change, at most once a frame; an answer to an older question is dropped. */
import type { Assumptions, ForecastDone } from '$/api/bindings';
import { call } from '$/api/client';
import { type ApiFailure, toFailure } from '$/api/failure';

const FRAME_MS = 16;

export interface Run {
  readonly done: ForecastDone | null;
  readonly failure: ApiFailure | null;
  readonly waiting: boolean;
}

/** Call while a component is set up. */
export function useForecast(assumptions: () => Assumptions | null): Run {
  let done = $state.raw<ForecastDone | null>(null);
  let failure = $state.raw<ApiFailure | null>(null);
  let waiting = $state(false);
  let asked = 0;

  $effect(() => {
    const question = assumptions();
    const ticket = ++asked;
    if (!question) return;
    const timer = setTimeout(async () => {
      waiting = true;
      try {
        const answer = await call('forecast_run', question);
        if (ticket !== asked) return;
        done = answer;
        failure = null;
      } catch (thrown) {
        if (ticket !== asked) return;
        failure = toFailure(thrown);
      }
      waiting = false;
    }, FRAME_MS);
    return () => clearTimeout(timer);
  });

  return {
    get done() {
      return done;
    },
    get failure() {
      return failure;
    },
    get waiting() {
      return waiting;
    },
  };
}
