/** What the window asks of the machine: files by the system's own dialogs, the clipboard, the browser. */
import { inWindow } from './client';

export interface FileFilter {
  name: string;
  /** Without the dot. */
  extensions: string[];
}

interface PickOptions {
  title?: string;
  filters?: FileFilter[];
}

declare global {
  interface Window {
    /** Lets a test answer the system's file dialogs, which no test can press. */
    __perennialPick?: (kind: 'open' | 'save' | 'folder', suggestion: string | null) => string | null;
  }
}

/** A file chosen by the user, as a path; null where they changed their mind. */
export async function pickFile(options: PickOptions = {}): Promise<string | null> {
  if (window.__perennialPick) return window.__perennialPick('open', null);
  if (!inWindow) return null;
  const { open } = await import('@tauri-apps/plugin-dialog');
  const chosen = await open({ multiple: false, directory: false, ...options });
  return typeof chosen === 'string' ? chosen : null;
}

/** A folder chosen by the user. */
export async function pickFolder(title: string): Promise<string | null> {
  if (window.__perennialPick) return window.__perennialPick('folder', null);
  if (!inWindow) return null;
  const { open } = await import('@tauri-apps/plugin-dialog');
  const chosen = await open({ multiple: false, directory: true, title });
  return typeof chosen === 'string' ? chosen : null;
}

/** Where to write a file. */
export async function pickSave(suggestion: string, options: PickOptions = {}): Promise<string | null> {
  if (window.__perennialPick) return window.__perennialPick('save', suggestion);
  if (!inWindow) return null;
  const { save } = await import('@tauri-apps/plugin-dialog');
  return save({ defaultPath: suggestion, ...options });
}

/** Puts text on the clipboard. */
export async function copyText(text: string): Promise<void> {
  if (inWindow) {
    const { writeText } = await import('@tauri-apps/plugin-clipboard-manager');
    await writeText(text);
    return;
  }
  await navigator.clipboard.writeText(text);
}

/** Opens an address in the user's own browser. */
export async function openAddress(url: string): Promise<void> {
  if (inWindow) {
    const { openUrl } = await import('@tauri-apps/plugin-opener');
    await openUrl(url);
    return;
  }
  window.open(url, '_blank', 'noopener,noreferrer');
}

interface DropPlace {
  drop: (path: string) => void;
  hover: (inside: boolean) => void;
}

/** Who would take a dropped file: the newest first, so that what is on top answers alone. */
const places: DropPlace[] = [];
let listening = false;

function hovered(inside: boolean): void {
  const top = places.at(-1);
  for (const place of places) place.hover(inside && place === top);
}

function dropped(path: string | undefined): void {
  hovered(false);
  if (path) places.at(-1)?.drop(path);
}

/** A plain browser tells the names of dropped files, not their paths: enough for the stand-in. */
function listenInBrowser(): void {
  let depth = 0;
  const files = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
  window.addEventListener('dragenter', (event) => {
    if (!files(event)) return;
    depth += 1;
    hovered(true);
  });
  window.addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) hovered(false);
  });
  window.addEventListener('dragover', (event) => {
    if (files(event)) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    depth = 0;
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    dropped(`/dropped/${file.name}`);
  });
}

async function listenInWindow(): Promise<void> {
  const { getCurrentWebview } = await import('@tauri-apps/api/webview');
  await getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === 'drop') dropped(payload.paths[0]);
    else hovered(payload.type !== 'leave');
  });
}

/**
 * Tells about files dropped on the window, by path. The place that was added last gets them; one below all others gets
 * what no other place is there for. Gives back how to stop.
 */
export function onFileDrop(
  drop: (path: string) => void,
  hover: (inside: boolean) => void,
  below = false,
): () => void {
  const place = { drop, hover };
  if (below) places.unshift(place);
  else places.push(place);
  if (!listening) {
    listening = true;
    if (inWindow) void listenInWindow();
    else listenInBrowser();
  }
  return () => {
    const index = places.indexOf(place);
    if (index >= 0) places.splice(index, 1);
  };
}

interface Said {
  /** The id of the chosen item. */
  menu: string;
  /** A path. */
  'open-book': string;
  /** Nothing: the address is asked for. */
  'link-asked': null;
  /** Whether there is an icon in the tray now. */
  'tray-made': boolean;
}

/** Hears what the shell says. Gives back how to stop. */
export function onShell<E extends keyof Said>(event: E, heard: (payload: Said[E]) => void): () => void {
  if (!inWindow) return () => {};
  let stopped = false;
  let stop = () => {};
  import('@tauri-apps/api/event').then(async ({ listen }) => {
    const unlisten = await listen<Said[E]>(event, ({ payload }) => heard(payload));
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop();
  };
}

/** Has the shell put an icon into the system's tray, or take it away; it answers with `tray-made`. */
export function wantTray(wanted: boolean): void {
  if (!inWindow) return;
  void import('@tauri-apps/api/event').then(({ emit }) => emit('tray-wanted', wanted));
}

let dressed = false;

/** Lets what the system draws, such as the menu and its dialogs, wear the theme of the page; null follows the system. */
export function dressWindow(theme: 'light' | 'dark' | null): void {
  // A window that was never dressed follows the system already; the start is not slowed down by saying so.
  if (!inWindow || (theme === null && !dressed)) return;
  dressed = true;
  void import('@tauri-apps/api/window').then(({ getCurrentWindow }) => getCurrentWindow().setTheme(theme));
}
