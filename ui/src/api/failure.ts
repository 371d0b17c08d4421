import type { Failure } from './bindings';

/** A failure of a command, thrown by the client. */
export class ApiFailure extends Error implements Failure {
  readonly code: string;
  readonly hints: string[];
  readonly where: Failure['where'];

  constructor(body: Failure) {
    super(body.message);
    this.name = 'ApiFailure';
    this.code = body.code;
    this.hints = body.hints;
    this.where = body.where;
  }
}

function isBody(value: unknown): value is Failure {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Failure).code === 'string' &&
    typeof (value as Failure).message === 'string'
  );
}

/** Whatever was thrown, as a failure that can be shown. */
export function toFailure(thrown: unknown): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown;
  if (isBody(thrown)) return new ApiFailure({ ...thrown, hints: thrown.hints ?? [] });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiFailure({ code: 'window.unexpected', message, hints: [] });
}
