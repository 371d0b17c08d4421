/** Builds and serves the window once for a run of tests, whatever number of files and workers it has. */
import { SERVED, serve } from './browser.mjs';

export default async function setup() {
  const server = await serve();
  process.env[SERVED] = server.url;
  return () => server.close();
}
