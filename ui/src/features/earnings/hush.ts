/** Sentences with amounts in them, for when amounts are hidden. */
import { preferences } from '$/state/preferences.svelte';

/** The sentence without its figures: "39.60 USD is on hold" → "••• USD is on hold". */
export function withoutAmounts(sentence: string): string {
  return sentence.replace(/[−-]?\d[\d.,'\s\u00a0\u202f\u2019]*(?=[\s\u00a0][A-Z]{3}\b)/g, '•••');
}

/** The sentence as it may be shown now. Reactive where it is read in a template. */
export function hush(sentence: string): string {
  return preferences.hideAmounts ? withoutAmounts(sentence) : sentence;
}
