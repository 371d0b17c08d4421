/** The address of what is shown: `#/links/0198…?tab=qr`. The browser's history is the only state, so back works everywhere. */

export interface Route {
  area: string;
  /** What comes after the area, decoded: the thing shown in the detail pane. */
  path: string[];
  query: Record<string, string>;
}

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [area = '', ...rest] = path.split('/').filter(Boolean).map(decode);
  return { area: area || 'overview', path: rest, query: Object.fromEntries(new URLSearchParams(search)) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function href(area: string, ...path: string[]): string {
  return `#/${[area, ...path].map(encodeURIComponent).join('/')}`;
}

class Router {
  route = $state.raw<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

  /** Follows the address bar for as long as the window lives. */
  start(): () => void {
    const follow = () => {
      this.route = parseRoute(location.hash);
    };
    window.addEventListener('hashchange', follow);
    follow();
    return () => window.removeEventListener('hashchange', follow);
  }

  go(area: string, ...path: string[]): void {
    location.hash = href(area, ...path);
  }

  /** Like go, without a step in the history: for moving through a list with the pane open. */
  replace(area: string, ...path: string[]): void {
    history.replaceState(null, '', href(area, ...path));
    this.route = parseRoute(location.hash);
  }

  /** Closes the detail pane: back to the area's own address. */
  close(): void {
    this.go(this.route.area);
  }
}

export const router = new Router();
