/** A report file on its way in. It outlives the screen, so that looking elsewhere loses nothing. */

import type {
  FoundWord,
  ImportDone,
  ImportInput,
  ImportOptions,
  ImportPreview,
  MappingDraft,
} from '$/api/bindings';
import { call } from '$/api/client';
import { type ApiFailure, toFailure } from '$/api/failure';
import { Job } from '$/lib/job.svelte';
import { session } from '$/state/session.svelte';
import { allWords, kept, missing, nameFor } from './draft';

const DETECTED: ImportOptions = {
  profile: null,
  map: null,
  currency: null,
  program: null,
  encoding: null,
  delimiter: null,
  decimal: null,
};

/** Choices made one after the other are checked together. */
const SETTLE_MS = 350;

export type Step = 'file' | 'columns' | 'words' | 'check';

class Importing {
  path = $state<string | null>(null);
  step = $state<Step>('file');
  options = $state.raw<ImportOptions>(DETECTED);
  preview = $state.raw<ImportPreview | null>(null);
  /** What the file says is shown; a newer look is on its way. */
  reading = $state(false);
  failure = $state.raw<ApiFailure | null>(null);
  /** The mapping as the user changed it; null while a profile stands as it is. */
  draft = $state.raw<MappingDraft | null>(null);
  name = $state('');
  /** What an import would do. */
  check = $state.raw<ImportDone | null>(null);
  /** What the import did. */
  done = $state.raw<ImportDone | null>(null);
  undone = $state(false);
  /** Whether a row that may be a duplicate lands, by its line. */
  choices = $state.raw<Record<number, boolean>>({});
  skipAll = $state(false);
  readonly job = new Job();
  checking = $state(false);
  #ticket = 0;
  #builtin = new Set<string>();
  #running: Promise<unknown> | null = null;
  #settle: ReturnType<typeof setTimeout> | undefined;

  /** The mapping in force: the user's, or that of the profile or the guess. */
  get mapping(): MappingDraft | null {
    return this.draft ?? this.preview?.draft ?? null;
  }

  /** The columns are the user's to choose: no profile fits, or they want to. */
  get byHand(): boolean {
    return this.draft !== null || (this.preview?.profile === null && this.options.profile === null);
  }

  get missing(): string[] {
    return this.byHand && this.mapping && this.preview ? missing(this.preview.fields, this.mapping) : [];
  }

  get needsCurrency(): boolean {
    return Boolean(this.preview?.needs_currency && !this.options.currency && !this.draft?.currency);
  }

  get words(): FoundWord[] {
    return allWords(this.preview?.words ?? [], (this.check ?? this.#last)?.unknown ?? []);
  }
  /** The last check, whose words are worth knowing although it is out of date. */
  #last = $state.raw<ImportDone | null>(null);

  /** Looks into a file. A running import is never thrown away. */
  open(path: string): void {
    if (this.job.name && !this.checking) return;
    this.close();
    this.path = path;
    void this.#start();
  }

  async #start(): Promise<void> {
    const mappings = await call('mapping_list').catch(() => null);
    this.#builtin = new Set(mappings?.items.filter((row) => row.builtin).map((row) => row.name));
    await this.look();
  }

  close(): void {
    clearTimeout(this.#settle);
    if (this.job.name) void this.job.cancel();
    this.#ticket += 1;
    this.#last = null;
    this.path = null;
    this.step = 'file';
    this.options = DETECTED;
    this.preview = null;
    this.failure = null;
    this.draft = null;
    this.name = '';
    this.check = null;
    this.done = null;
    this.undone = false;
    this.choices = {};
    this.skipAll = false;
    this.reading = false;
  }

  /** Changes how the file is read, and looks again. */
  set(change: Partial<ImportOptions>): void {
    this.options = { ...this.options, ...change };
    this.#stale();
    void this.look();
  }

  /** Another kind of report, or the columns by hand where null. */
  choose(profile: string | null): void {
    this.draft = profile === null ? (this.preview?.draft ?? null) : null;
    this.options = { ...this.options, profile };
    this.#stale();
    this.#offerName();
    void this.look();
  }

  /** Changes the mapping, and looks again once it is complete. */
  map(change: (draft: MappingDraft) => MappingDraft): void {
    if (!this.mapping) return;
    this.draft = change(this.mapping);
    this.#stale();
    if (this.missing.length === 0) void this.look();
  }

  /** Whether rows that may be duplicates land; all of them where no lines are given. */
  decide(lines: number[] | null, take: boolean): void {
    const every = this.check?.duplicates.flatMap((row) => (row.line === null ? [] : [row.line])) ?? [];
    if (lines === null) this.skipAll = !take;
    const next = lines === null ? {} : { ...this.choices };
    for (const line of lines ?? (take ? every : [])) next[line] = take;
    this.choices = next;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => void this.run(true), SETTLE_MS);
  }

  /** What becomes of a row as it was decided here, or else as the check said. */
  decision(line: number | null, checked: string): string {
    const own = line === null ? undefined : this.choices[line];
    if (own !== undefined) return own ? 'take' : 'skip';
    return this.skipAll ? 'skip' : checked === 'skip' ? 'open' : checked;
  }

  /** A check of the file as it was read before says nothing any more. */
  #stale(): void {
    clearTimeout(this.#settle);
    this.#last = this.check ?? this.#last;
    this.check = null;
    this.choices = {};
    this.skipAll = false;
    this.failure = null;
    if (this.job.name && this.checking) void this.job.cancel();
  }

  #offerName(): void {
    const { preview } = this;
    if (!preview) return;
    const own = preview.profile && !this.#builtin.has(preview.profile) ? preview.profile : null;
    this.name = own ?? nameFor(preview.file);
  }

  async look(): Promise<void> {
    if (!this.path) return;
    const ticket = ++this.#ticket;
    this.reading = true;
    try {
      const whole = this.draft !== null && this.missing.length === 0;
      const preview = await call('import_preview', {
        path: this.path,
        options: whole ? this.#options() : { ...this.options },
      });
      if (ticket !== this.#ticket) return;
      const first = this.preview === null;
      this.preview = preview;
      this.failure = null;
      if (first) this.#offerName();
    } catch (thrown) {
      if (ticket === this.#ticket) this.failure = toFailure(thrown);
    }
    if (ticket === this.#ticket) this.reading = false;
  }

  /** How the file is to be read now. A mapping made here is kept under its name once the import has landed. */
  #options(): ImportOptions {
    const { preview, mapping } = this;
    if (!this.byHand || !mapping || !preview)
      return { ...this.options, profile: this.options.profile ?? preview?.profile ?? null };
    const name = this.name.trim() || nameFor(preview.file);
    return { ...this.options, profile: null, draft: kept(mapping, this.options, name) };
  }

  #input(dryRun: boolean): ImportInput | null {
    if (!this.path) return null;
    return {
      path: this.path,
      options: this.#options(),
      dry_run: dryRun,
      job: null,
      skip_duplicates: this.skipAll,
      decisions: Object.entries(this.choices).map(([line, take]) => ({ line: Number(line), take })),
    };
  }

  /** Says what would happen, or does it. Gives back whether it went well. */
  async run(dryRun: boolean): Promise<boolean> {
    clearTimeout(this.#settle);
    if (this.job.name && !this.checking) return false;
    if (this.job.name) {
      void this.job.cancel();
      await this.#running?.catch(() => null);
    }
    const input = this.#input(dryRun);
    if (!input) return false;
    this.failure = null;
    this.checking = dryRun;
    const work = this.job.follow('import', (job) => call('import_run', { ...input, job }));
    this.#running = work;
    try {
      const answer = await work;
      if (this.path !== input.path) return false;
      if (dryRun) this.check = answer;
      else this.done = answer;
      this.step = 'check';
      if (!dryRun) session.changed();
      return true;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (this.path === input.path && failure.code !== 'job.cancelled') this.failure = failure;
      return false;
    } finally {
      if (this.#running === work) this.checking = false;
    }
  }

  /** Writes the refused rows into a file, to be mended and imported alone. */
  async saveRefused(file: string): Promise<string | null> {
    const input = this.#input(true);
    if (!input) return null;
    return (await call('import_run', { ...input, refused_file: file })).refused_file;
  }
}

export const importing = new Importing();
