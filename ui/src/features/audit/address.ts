/** The addresses of the audit: which findings, and which one is open. */
import { href, type Route } from '$/lib/router.svelte';

export interface AuditPlace {
  finding: string | null;
  kind: string | null;
  state: string | null;
}

/** `#/earnings/audit/ID?kind=late&state=open`. */
export function readAudit(route: Route): AuditPlace {
  return {
    finding: route.path[1] ?? null,
    kind: route.query.kind || null,
    state: route.query.state || null,
  };
}

export function auditAddress(place: Partial<AuditPlace>): string {
  const query = new URLSearchParams();
  if (place.kind) query.set('kind', place.kind);
  if (place.state) query.set('state', place.state);
  const path = place.finding ? href('earnings', 'audit', place.finding) : href('earnings', 'audit');
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
