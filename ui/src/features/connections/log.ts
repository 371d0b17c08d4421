/** A sync's log as text that can be sent. */
import type { SyncRunDto } from '$/api/bindings';

export function logText(run: SyncRunDto): string {
  const head = `${run.connection}: ${run.begun_at} – ${run.ended_at}, ${run.outcome}, ${run.summary}`;
  const lines = run.lines.map((line) => `${line.at}  ${line.text}`);
  const error = run.error ? [`${run.error.code}: ${run.error.message}`, ...run.error.hints] : [];
  return [head, ...lines, ...error].join('\n');
}
