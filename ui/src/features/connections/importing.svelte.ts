/** A report file on its way in. It outlives the screen, so that looking elsewhere loses nothing. */
import type { ImportDone, ImportOptions, ImportPreview } from '$/api/bindings';
import { call } from '$/api/client';
import { type ApiFailure, toFailure } from '$/api/failure';
import { session } from '$/state/session.svelte';
import { Job } from './job.svelte';
import { type Columns, mappingToml, missing, nameFor } from './mapping';

const DETECTED: ImportOptions = {
  profile: null,
  map: null,
  currency: null,
  program: null,
  encoding: null,
  delimiter: null,
  decimal: null,
};

class Importing {
  path = $state<string | null>(null);
  options = $state.raw<ImportOptions>(DETECTED);
  preview = $state.raw<ImportPreview | null>(null);
  /** What the file says is shown; a newer look is on its way. */
  reading = $state(false);
  failure = $state.raw<ApiFailure | null>(null);
  /** The user chooses the columns, because no profile fits or because they want to. */
  mapping = $state(false);
  columns = $state.raw<Columns>({});
  mappingName = $state('');
  /** What an import would do. */
  check = $state.raw<ImportDone | null>(null);
  /** What the import did. */
  done = $state.raw<ImportDone | null>(null);
  undone = $state(false);
  readonly job = new Job();
  checking = $state(false);
  #ticket = 0;

  get missing(): string[] {
    return this.mapping ? missing(this.preview?.fields ?? [], this.columns) : [];
  }

  /** Looks into a file. A running import is never thrown away. */
  open(path: string): void {
    if (this.job.name && !this.checking) return;
    this.close();
    this.path = path;
    void this.look();
  }

  close(): void {
    if (this.job.name) void this.job.cancel();
    this.#ticket += 1;
    this.path = null;
    this.options = DETECTED;
    this.preview = null;
    this.failure = null;
    this.mapping = false;
    this.columns = {};
    this.mappingName = '';
    this.check = null;
    this.done = null;
    this.undone = false;
    this.reading = false;
  }

  /** Changes how the file is read, and looks again. */
  set(change: Partial<ImportOptions>): void {
    this.options = { ...this.options, ...change };
    this.#stale();
    void this.look();
  }

  /** Chooses the columns by hand, or goes back to a profile. */
  choose(profile: string | null, byHand: boolean): void {
    this.options = { ...this.options, profile, map: null };
    this.mapping = byHand;
    this.#stale();
    if (!byHand) void this.look();
  }

  column(field: string, column: string): void {
    this.columns = { ...this.columns, [field]: column };
    this.#stale();
  }

  /** A check of the file as it was read before says nothing any more. */
  #stale(): void {
    this.check = null;
    this.failure = null;
    if (this.job.name && this.checking) void this.job.cancel();
  }

  async look(): Promise<void> {
    if (!this.path) return;
    const ticket = ++this.#ticket;
    this.reading = true;
    try {
      const preview = await call('import_preview', {
        path: this.path,
        options: { ...this.options, map: null },
      });
      if (ticket !== this.#ticket) return;
      const first = this.preview === null;
      this.preview = preview;
      this.failure = null;
      if (preview.profile === null && this.options.profile === null) this.mapping = true;
      if (first || Object.values(this.columns).some((column) => column && !preview.header.includes(column))) {
        // The first column guessed for a field stands.
        this.columns = Object.fromEntries(
          [...preview.suggested].reverse().map(({ field, column }) => [field, column]),
        );
      }
      if (first) this.mappingName = nameFor(preview.file);
    } catch (thrown) {
      if (ticket === this.#ticket) this.failure = toFailure(thrown);
    }
    if (ticket === this.#ticket) this.reading = false;
  }

  /**
   * How the file is to be read now. A check writes nothing; before the import itself a mapping with a name is kept for
   * later files.
   */
  async #reading(dryRun: boolean): Promise<ImportOptions> {
    if (!this.mapping || !this.preview)
      return { ...this.options, profile: this.options.profile ?? this.preview?.profile ?? null };
    const name = this.mappingName.trim();
    const toml = mappingToml(name || nameFor(this.preview.file), this.columns);
    if (!name || dryRun) return { ...this.options, profile: null, map: toml };
    await call('mapping_save', { name, toml, header: this.preview.header });
    return { ...this.options, profile: name, map: null };
  }

  /** Says what would happen, or does it. Gives back whether it went well. */
  async run(dryRun: boolean): Promise<boolean> {
    const path = this.path;
    if (!path || this.job.name) return false;
    this.failure = null;
    this.checking = dryRun;
    try {
      const options = await this.#reading(dryRun);
      const answer = await this.job.follow('import', (job) =>
        call('import_run', { path, options, dry_run: dryRun, job }),
      );
      if (this.path !== path) return false;
      if (dryRun) this.check = answer;
      else this.done = answer;
      if (!dryRun) session.changed();
      return true;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (this.path === path && failure.code !== 'job.cancelled') this.failure = failure;
      return false;
    } finally {
      this.checking = false;
    }
  }
}

export const importing = new Importing();
