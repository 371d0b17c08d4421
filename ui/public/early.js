// Runs before the first paint: the frame is drawn at once as this machine was set, and nothing flashes or jumps.
// The settings are those of src/state/preferences.svelte.ts, which takes over as soon as it is loaded.
try {
  const saved = JSON.parse(localStorage.getItem('perennial.preferences') ?? '{}');
  const root = document.documentElement;
  if (saved.theme === 'light' || saved.theme === 'dark') root.dataset.theme = saved.theme;
  if (saved.sidebar === 'closed') root.dataset.sidebar = 'closed';
} catch {
  // Without settings the frame is drawn as it comes.
}
