/** The words of the ledger in a mapping and in what changed, as people read them. */
import { kindName } from '$/lib/ledger';
import { m } from '$/paraglide/messages.js';

const fields: Record<string, () => string> = {
  approval: m.imports_field_approval,
  payment: m.imports_field_payment,
  kind: m.imports_field_kind,
  commission: m.imports_field_commission,
  sale: m.imports_field_sale,
  vanished: m.imports_field_vanished,
  record: m.imports_field_record,
};

const approvals: Record<string, () => string> = {
  pending: m.imports_approval_pending,
  approved: m.imports_approval_approved,
  reversed: m.imports_approval_reversed,
};

const payments: Record<string, () => string> = {
  unpaid: m.imports_payment_unpaid,
  scheduled: m.imports_payment_scheduled,
  paid: m.imports_payment_paid,
  clawed_back: m.imports_payment_clawed_back,
};

/** What a field is called. */
export function fieldWord(field: string): string {
  return fields[field]?.() ?? field.replaceAll('_', ' ');
}

/** A word of the ledger in a field; a source's own word stays as it is. */
export function meaningName(field: string, word: string): string {
  if (field === 'approval') return approvals[word]?.() ?? word;
  if (field === 'payment') return payments[word]?.() ?? word;
  return field === 'kind' ? kindName(word) : word;
}
