/** Moving what is planned: by drag, by keys and by a dialog, each one step that can be undone. */
import { tick } from 'svelte';
import type { ContentItemDto } from '$/api/bindings';
import { call } from '$/api/client';
import { date } from '$/lib/format';
import { m } from '$/paraglide/messages.js';
import { write } from '$/state/actions.svelte';
import { formats } from '$/state/session.svelte';
import { isOut, stateName } from './items';

/** Whether anything stands in the way of publishing; where that cannot be found out, nothing is known to. */
async function blocked(campaign: string): Promise<boolean> {
  try {
    return !(await call('compliance_standing', { campaign })).ready;
  } catch {
    return false;
  }
}

export class Moving {
  /** The item that is dragged. */
  dragged = $state<ContentItemDto | null>(null);
  /** The day or column it is over. */
  over = $state<string | null>(null);
  /** The item that the dialog asks about. */
  asked = $state<ContentItemDto | null>(null);
  /** The state that is chosen in it to begin with, where it is not the item's own. */
  target = $state<string | null>(null);
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
    // What stands in the way is said before anything goes out; whoever knows it may go on.
    if (isOut(state) && !isOut(item.state) && (await blocked(item.campaign))) {
      this.target = state;
      this.asked = item;
      return;
    }
    this.back = item.id;
    await write(
      'content_move',
      { id: item.id, state, on: null, url: null },
      m.plan_moved_state({ title: item.title, state: stateName(state) }),
    );
  }

  /** Asks for state and day. */
  ask(item: ContentItemDto): void {
    this.target = null;
    this.asked = item;
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
