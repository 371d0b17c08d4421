/** Made-up connections, networks and the log of their syncs. */
import type { ConnectionDto, NetworkDto, SyncRunDto } from '../bindings';

const key = (label: string, help: string) => ({ label, help, required: true });

export const NETWORKS: NetworkDto[] = [
  {
    name: 'partnerstack',
    title: 'PartnerStack',
    about: 'Rewards of your partnerships with their status, and payouts.',
    address: 'https://api.partnerstack.com',
    account: null,
    key: key('API key', 'PartnerStack, Settings, API keys.'),
    needs_currency: false,
    leads: false,
  },
  {
    name: 'impact',
    title: 'impact.com',
    about: 'Actions and their changes, with locking dates.',
    address: 'https://api.impact.com',
    account: key('Account SID', 'impact.com, Settings, API: it begins with IR.'),
    key: key('Auth token', 'It stands below the account SID.'),
    needs_currency: false,
    leads: false,
  },
  {
    name: 'firstpromoter',
    title: 'FirstPromoter',
    about: 'Commissions of one program and the payouts.',
    address: 'https://api.firstpromoter.com',
    account: key('Account ID', 'FirstPromoter, Settings, Integrations.'),
    key: key('API key', 'It stands beside the account ID.'),
    needs_currency: true,
    leads: false,
  },
  {
    name: 'kartra',
    title: 'Kartra',
    about: 'Transactions of the leads you name where you are the affiliate.',
    address: 'https://app.kartra.com/api',
    account: key('Affiliate username', 'As the vendor sees you in Kartra.'),
    key: key('Key of the vendor', 'App ID, API key and API password with colons between them.'),
    needs_currency: true,
    leads: true,
  },
];

export function connectionOf(more: Partial<ConnectionDto> & { name: string }): ConnectionDto {
  return {
    id: `c-${Math.random()}`,
    network: 'partnerstack',
    account: '',
    program: null,
    currency: null,
    base_url: null,
    secret: 'no',
    last_run_at: null,
    last_outcome: null,
    title: 'PartnerStack',
    health: 'new',
    error: null,
    every_hours: null,
    next_run_at: null,
    rows: 0,
    leads: [],
    ...more,
  };
}

export function makeConnections(): ConnectionDto[] {
  return [
    connectionOf({
      id: 'c-1',
      name: 'kartra',
      account: 'ana',
      program: 'kartra',
      secret: 'yes',
      last_run_at: '2026-03-10T06:12:00Z',
      last_outcome: '12 new, 3 changed',
      health: 'good',
      every_hours: 24,
      next_run_at: '2026-03-11T06:12:00Z',
      rows: 640,
    }),
    connectionOf({
      id: 'c-2',
      name: 'impact, the agency’s second account with a rather long name',
      network: 'impact',
      title: 'impact.com',
      account: 'IRabc123',
      secret: 'yes',
      last_run_at: '2026-03-09T22:01:00Z',
      last_outcome: 'Broke off: the network did not answer',
      health: 'partial',
      error: {
        code: 'network.timeout',
        message: 'impact.com did not answer within 30 seconds.',
        hints: ['Try again in a few minutes; the sync goes on from where it stopped.'],
      },
      rows: 118,
    }),
    connectionOf({
      id: 'c-3',
      name: 'leads of the course',
      network: 'kartra',
      title: 'Kartra',
      account: 'AbCdEf',
      program: 'kartra',
      currency: 'USD',
      secret: 'no',
      last_run_at: '2026-02-20T10:30:00Z',
      last_outcome: 'Failed: the key was refused',
      health: 'failed',
      error: {
        code: 'network.sign_in',
        message: 'Kartra refused the key.',
        hints: ['Ask the vendor for a new key, and keep it with “Key”.'],
      },
      leads: ['ben@example.com', 'carla@example.com'],
    }),
  ];
}

export function runsOf(connection: ConnectionDto): SyncRunDto[] {
  if (!connection.last_run_at) return [];
  const failed = connection.health === 'failed';
  return [
    {
      id: 'run-2',
      connection: connection.name,
      by: connection.every_hours ? 'schedule' : 'person',
      begun_at: connection.last_run_at,
      ended_at: connection.last_run_at,
      outcome: connection.health === 'good' ? 'complete' : failed ? 'failed' : 'partial',
      summary: connection.last_outcome ?? '',
      batch: failed ? null : 'b-1',
      requests: 7,
      retries: 1,
      error: connection.error,
      lines: [
        { at: connection.last_run_at, text: 'Asked for rewards since 10 December 2025.' },
        { at: connection.last_run_at, text: 'Page 1: 250 records, 12 new, 3 changed.' },
        { at: connection.last_run_at, text: 'Asked to wait 2 seconds (429), waited.' },
        { at: connection.last_run_at, text: connection.last_outcome ?? '' },
      ],
    },
    {
      id: 'run-1',
      connection: connection.name,
      by: 'person',
      begun_at: '2026-02-01T09:00:00Z',
      ended_at: '2026-02-01T09:00:04Z',
      outcome: 'complete',
      summary: '625 new',
      batch: 'b-0',
      requests: 4,
      retries: 0,
      error: null,
      lines: [{ at: '2026-02-01T09:00:00Z', text: 'Asked for everything.' }],
    },
  ];
}
