/**
 * Asks for the months ahead whenever the assumptions change, one question at a time, and for their ranges once the change
 * has settled. An answer to an older question is dropped, and a simulation that is no longer asked for is stopped.
 */
import type { Assumptions, ForecastBands, ForecastDone } from '$/api/bindings';
import { call } from '$/api/client';
import { ApiFailure, toFailure } from '$/api/failure';

/** A slider that is being dragged moves more often than this. */
const SETTLED_MS = 90;

interface Answer<T> {
  question: Assumptions;
  value: T;
}

export interface Asked<T> {
  /** The last answer, whatever it was asked about. */
  readonly last: T | null;
  /** The answer to what is asked now; null until it is there. */
  readonly fresh: T | null;
  readonly failure: ApiFailure | null;
}

function ask<T>(
  question: () => Assumptions | null,
  pause: number,
  work: (question: Assumptions, started: (job: string) => void) => Promise<T>,
): Asked<T> {
  let answer = $state.raw<Answer<T> | null>(null);
  let failure = $state.raw<ApiFailure | null>(null);
  let current = $derived(question());

  $effect(() => {
    const asked = current;
    if (!asked) return;
    let over = false;
    let job: string | null = null;
    const start = async () => {
      try {
        const value = await work(asked, (name) => {
          job = name;
        });
        if (over) return;
        answer = { question: asked, value };
        failure = null;
      } catch (thrown) {
        const found = toFailure(thrown);
        if (!over && found.code !== 'job.cancelled') failure = found;
      } finally {
        job = null;
      }
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (pause > 0) timer = setTimeout(start, pause);
    else void start();
    return () => {
      over = true;
      clearTimeout(timer);
      if (job) void call('job_cancel', { job }).catch(() => null);
    };
  });

  return {
    get last() {
      return answer?.value ?? null;
    },
    get fresh() {
      return answer && answer.question === current ? answer.value : null;
    },
    get failure() {
      return failure;
    },
  };
}

/** Lets one question through at a time; of those that come meanwhile only the newest is asked. */
export function oneAtATime<I, O>(work: (input: I) => Promise<O>): (input: I) => Promise<O> {
  let busy: Promise<unknown> = Promise.resolve();
  let newest = 0;
  return async (input) => {
    const mine = ++newest;
    await busy;
    if (mine !== newest) throw new ApiFailure({ code: 'job.cancelled', message: '', hints: [] });
    const answer = work(input);
    busy = answer.catch(() => null);
    return answer;
  };
}

/** Expected months, analytically: quick enough for every move of a slider. Call while a component is set up. */
export function useMonths(question: () => Assumptions | null): Asked<ForecastDone> {
  const run = oneAtATime((asked: Assumptions) => call('forecast_run', asked));
  return ask(question, 0, run);
}

/** Ranges and payouts, simulated. Call while a component is set up. */
export function useBands(question: () => Assumptions | null): Asked<ForecastBands> {
  return ask(question, SETTLED_MS, (asked, started) => {
    const job = `bands-${crypto.randomUUID()}`;
    started(job);
    return call('forecast_bands', { assumptions: asked, paths: null, seed: null, job });
  });
}
