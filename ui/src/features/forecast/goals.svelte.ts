/** The goal as it was last asked for; kept while the window is open. */
class Goals {
  amount = $state<string | null>(null);
  by = $state<string | null>(null);
}

export const goals = new Goals();
