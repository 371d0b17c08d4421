/** The connection that was added last, whose key is tried before anything is fetched. */
export const added = $state<{ name: string | null }>({ name: null });
