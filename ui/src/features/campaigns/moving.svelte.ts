/** Moving what is planned: by drag, by keys and by a dialog, each one step that can be undone. */
import { tick } from 'svelte';
import type { ContentItemDto } from '$/api/bindings';
import { date } from '$/lib/format';
import { m } from '$/paraglide/messages.js';
import { write } from '$/state/actions.svelte';
import { formats } from '$/state/session.svelte';
import { stateName } from './items';

export class Moving {
  /** The item that is dragged. */
  dragged = $state<ContentItemDto | null>(null);
  /** The day or column it is over. */
  over = $state<string | null>(null);
  /** The item that the dialog asks about. */
  asked = $state<ContentItemDto | null>(null);
  /** The item that has the focus again once it is drawn anew. */
  private back: string | null = null;

  async toDay(item: ContentItemDto, on: string): Promise<void> {
    this.back = item.id;
    await write(
      'content_move',
      { id: item.id, state: null, on, url: null },
      m.plan_moved_day({ title: item.title, day: date(on, 'day', formats()) }),
    );
  }

  async toState(item: ContentItemDto, state: string): Promise<void> {
    if (state === item.state) return;
    this.back = item.id;
    await write(
      'content_move',
      { id: item.id, state, on: null, url: null },
      m.plan_moved_state({ title: item.title, state: stateName(state) }),
    );
  }

  start(event: DragEvent, item: ContentItemDto): void {
    this.dragged = item;
    event.dataTransfer?.setData('text/plain', item.title);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
  }

  enter(event: DragEvent, place: string): void {
    if (!this.dragged) return;
    event.preventDefault();
    this.over = place;
  }

  end(): void {
    this.dragged = null;
    this.over = null;
  }

  /** Gives the focus back after new data was drawn. */
  async drawn(inside: HTMLElement | undefined): Promise<void> {
    const id = this.back;
    if (!id) return;
    await tick();
    inside?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)?.focus();
    if (document.activeElement instanceof HTMLElement && document.activeElement.dataset.item === id)
      this.back = null;
  }
}
