/** The text that is being checked. It stays while the window is open; nothing of it goes into the book or onto the network. */
import type { FindingDto } from '$/api/bindings';
import { call } from '$/api/client';
import { type ApiFailure, toFailure } from '$/api/failure';

const PAUSE_MS = 250;

class Draft {
  text = $state('');
  channel = $state('blog');
  program = $state<string | null>(null);
  findings = $state.raw<FindingDto[]>([]);
  /** The text the findings are about. */
  checked = $state('');
  failure = $state.raw<ApiFailure | null>(null);
  checking = $state(false);
  #ticket = 0;

  /** Checks the text after a pause in typing. Call while a component is set up. */
  watch(): void {
    $effect(() => {
      const input = { text: this.text, channel: this.channel, program: this.program, markets: [] };
      const ticket = ++this.#ticket;
      if (!input.text.trim()) {
        this.findings = [];
        this.checked = '';
        this.failure = null;
        return;
      }
      const timer = setTimeout(async () => {
        this.checking = true;
        try {
          const { findings } = await call('compliance_text', input);
          if (ticket !== this.#ticket) return;
          this.findings = findings;
          this.checked = input.text;
          this.failure = null;
        } catch (thrown) {
          if (ticket === this.#ticket) this.failure = toFailure(thrown);
        }
        if (ticket === this.#ticket) this.checking = false;
      }, PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }
}

export const draft = new Draft();
