/** The open book, its programs and channels, and what needs attention: read once, shown in many places. */
import type { BookInfo, ChannelDto, Overview, ProgramRow, Status } from '$/api/bindings';
import { call } from '$/api/client';
import { type ApiFailure, toFailure } from '$/api/failure';
import { shortInstant } from '$/lib/format';
import { m } from '$/paraglide/messages.js';
import { preferences } from './preferences.svelte';
import { formats, session } from './session.svelte';

class Book {
  status = $state.raw<Status | null>(null);
  info = $state.raw<BookInfo | null>(null);
  programs = $state.raw<ProgramRow[]>([]);
  channels = $state.raw<ChannelDto[]>([]);
  overview = $state.raw<Overview | null>(null);
  overviewFailure = $state.raw<ApiFailure | null>(null);
  failure = $state.raw<ApiFailure | null>(null);
  /** When a network last answered, RFC 3339; null where none is connected. */
  lastSync = $state.raw<string | null>(null);
  currency = $state('USD');
  /** Imports and syncs that nobody has looked at yet. */
  waiting = $state(0);
  #ticket = 0;

  get name(): string {
    return this.info?.name ?? '';
  }

  /** Nothing of the user's is in it yet, so sample data would be in nobody's way. */
  get blank(): boolean {
    const counts = this.info?.counts;
    return counts !== undefined && counts.conversions === 0 && counts.links === 0 && counts.campaigns === 0;
  }

  /** Counts for the sidebar, by area. */
  get attention(): Record<string, number> {
    const broken = this.overview?.attention.filter((item) => item.code === 'sync_failed').length ?? 0;
    return { ...this.overview?.badges, connections: this.waiting + broken };
  }

  get syncState(): string {
    return this.lastSync ? m.nav_synced({ at: shortInstant(this.lastSync, formats()) }) : m.nav_offline();
  }

  /** The look kept with the book, where this machine shows another one. */
  #wear(appearance: string): void {
    if (appearance !== 'system' && appearance !== 'light' && appearance !== 'dark') return;
    if (appearance !== preferences.theme) preferences.set({ theme: appearance });
  }

  programName(id: string | null | undefined): string {
    return this.programs.find((program) => program.id === id)?.name ?? id ?? '';
  }

  /** Reads the state of the application anew: at the start, and when another book is opened. */
  async load(): Promise<void> {
    try {
      const status = await call('status');
      this.status = status;
      this.failure = null;
      this.take(status.book);
    } catch (thrown) {
      this.failure = toFailure(thrown);
    }
  }

  /** Another book, or another state of it. */
  take(info: BookInfo | null): void {
    this.info = info;
    if (info) session.setClock({ today: info.today, timeZone: info.time_zone });
    session.changed();
  }

  /** The months ahead of a large book take a while; everything else is shown meanwhile. */
  async #lookAhead(ticket: number): Promise<void> {
    try {
      const ahead = await call('overview_ahead');
      if (ticket === this.#ticket && this.overview)
        this.overview = { ...this.overview, ahead, ahead_due: false };
    } catch {
      // The forecast's own screen says why there is none.
    }
  }

  /** Reads again what many places show. The frame calls it whenever the book has changed. */
  async refresh(): Promise<void> {
    const ticket = ++this.#ticket;
    const list = { search: '', limit: 1000, after: null, archived: false };
    const [status, programs, channels, connections, settings, overview, inbox] = await Promise.allSettled([
      call('status'),
      call('program_list', list),
      call('channel_list', list),
      call('connection_list', list),
      call('settings_get'),
      call('overview'),
      call('inbox_list', { all: false, limit: 1, after: null }),
    ]);
    if (ticket !== this.#ticket) return;
    if (status.status === 'fulfilled') {
      this.status = status.value;
      this.info = status.value.book;
    }
    if (programs.status === 'fulfilled') this.programs = programs.value.items;
    if (channels.status === 'fulfilled') this.channels = channels.value.items;
    if (settings.status === 'fulfilled') {
      this.currency = settings.value.currency;
      this.#wear(settings.value.appearance);
    }
    if (connections.status === 'fulfilled') {
      const runs = connections.value.items
        .map((connection) => connection.last_run_at)
        .filter((at) => at !== null);
      this.lastSync = runs.sort().at(-1) ?? null;
    }
    if (inbox.status === 'fulfilled') this.waiting = inbox.value.total ?? 0;
    if (overview.status === 'fulfilled') {
      this.overview = overview.value;
      this.overviewFailure = null;
      if (overview.value.ahead_due) void this.#lookAhead(ticket);
    } else {
      this.overviewFailure = toFailure(overview.reason);
    }
  }
}

export const book = new Book();
