/** A stand-in for the application, for development in a plain browser and for screen tests. Never part of a release. */
import type { Commands } from '../bindings';
import { audit } from './audit';
import { campaigns } from './campaigns';
import { compliance } from './compliance';
import { connections } from './connections';
import { content } from './content';
import { earnings } from './earnings';
import { evidence } from './evidence';
import { forecast } from './forecast';
import { frame } from './frame';
import { imports } from './imports';
import { inbox } from './inbox';
import { running } from './jobs';
import { linkCare } from './link-care';
import { links } from './links';
import { notebook } from './notebook';
import { programs } from './programs';
import { reconcile } from './reconcile';
import { referrals } from './referrals';
import { makeBook, mock, wanted } from './state';

type Answer<T> = T | Promise<T>;
export type Handlers = {
  [N in keyof Commands]?: (input: Commands[N]['input']) => Answer<Commands[N]['output']>;
};

const handlers: Handlers = {
  ...frame,
  ...programs,
  ...links,
  ...linkCare,
  ...campaigns,
  ...notebook,
  ...content,
  ...earnings,
  ...reconcile,
  ...audit,
  ...forecast,
  ...compliance,
  ...evidence,
  ...imports,
  ...inbox,
  ...connections,
  ...referrals,
  ...running,
};

/** As it would look after the boundary. */
function plain<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

const kind = wanted();
if (kind !== 'none') mock.book = makeBook(kind);

/** Answers like the application: after a moment, with plain data, or with a failure. */
export async function answer(name: string, input: unknown): Promise<unknown> {
  const handler = handlers[name as keyof Commands] as ((input: unknown) => unknown) | undefined;
  await new Promise((resolve) => setTimeout(resolve, 5));
  if (!handler)
    throw { code: 'command.unknown', message: `The stand-in does not know “${name}”.`, hints: [] };
  return plain(await handler(plain(input)));
}
