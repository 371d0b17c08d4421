/** Kinds of channels and copies, by the words the checks know them by. */
import type { EvidenceRow } from '$/api/bindings';
import { m } from '$/paraglide/messages.js';

const names: Record<string, () => string> = {
  blog: m.compliance_kind_blog,
  email: m.compliance_kind_email,
  youtube: m.compliance_kind_youtube,
  quora: m.compliance_kind_quora,
  reddit: m.compliance_kind_reddit,
  social: m.compliance_kind_social,
  'facebook-group': m.compliance_kind_facebook_group,
  'facebook-ads': m.compliance_kind_facebook_ads,
  'google-ads': m.compliance_kind_google_ads,
  funnel: m.compliance_kind_funnel,
  personal: m.compliance_kind_personal,
  other: m.compliance_kind_other,
};

export const KINDS = Object.keys(names);

export function kindName(kind: string): string {
  return names[kind]?.() ?? kind;
}

const languages: Record<string, () => string> = {
  en: m.compliance_lang_en,
  de: m.compliance_lang_de,
  es: m.compliance_lang_es,
  fr: m.compliance_lang_fr,
  pt: m.compliance_lang_pt,
};

export function languageName(code: string): string {
  return languages[code]?.() ?? code;
}

const copies: Record<string, () => string> = {
  page: m.compliance_copy_page,
  text: m.compliance_copy_text,
  keywords: m.compliance_copy_keywords,
};

export function copyKind(kind: string): string {
  return copies[kind]?.() ?? kind;
}

/** Where a copy was in the end, or what was asked for. */
export function placeOf(copy: EvidenceRow): string {
  return (copy.address ?? copy.place).replace(/^https?:\/\//, '');
}
