/** The areas of the window. Each is loaded when it is first opened. */
import type { Component } from 'svelte';
import { m } from '$/paraglide/messages.js';
import type { IconName } from './icons';

export interface Area {
  id: string;
  label: () => string;
  /** Its name where there is little room. */
  short?: () => string;
  icon: IconName;
  /** The second key after g. */
  key: string;
  load: () => Promise<{ default: Component }>;
}

export const areas: Area[] = [
  {
    id: 'overview',
    label: m.area_overview,
    icon: 'overview',
    key: 'o',
    load: () => import('$/features/overview/Overview.svelte'),
  },
  {
    id: 'programs',
    label: m.area_programs,
    icon: 'programs',
    key: 'p',
    load: () => import('$/features/programs/Programs.svelte'),
  },
  {
    id: 'links',
    label: m.area_links,
    icon: 'links',
    key: 'l',
    load: () => import('$/features/links/Links.svelte'),
  },
  {
    id: 'campaigns',
    label: m.area_campaigns,
    icon: 'campaigns',
    key: 'c',
    load: () => import('$/features/campaigns/Campaigns.svelte'),
  },
  {
    id: 'notebook',
    label: m.area_notebook,
    icon: 'notebook',
    key: 'n',
    load: () => import('$/features/notebook/Notebook.svelte'),
  },
  {
    id: 'earnings',
    label: m.area_earnings,
    icon: 'earnings',
    key: 'e',
    load: () => import('$/features/earnings/Earnings.svelte'),
  },
  {
    id: 'referrals',
    label: m.area_referrals,
    icon: 'referrals',
    key: 'r',
    load: () => import('$/features/referrals/Referrals.svelte'),
  },
  {
    id: 'forecast',
    label: m.area_forecast,
    icon: 'forecast',
    key: 'f',
    load: () => import('$/features/forecast/Forecast.svelte'),
  },
  {
    id: 'compliance',
    label: m.area_compliance,
    icon: 'compliance',
    key: 'm',
    load: () => import('$/features/compliance/Compliance.svelte'),
  },
  {
    id: 'connections',
    label: m.area_connections,
    short: m.area_connections_short,
    icon: 'connections',
    key: 'i',
    load: () => import('$/features/connections/Connections.svelte'),
  },
  {
    id: 'settings',
    label: m.area_settings,
    icon: 'settings',
    key: 's',
    load: () => import('$/features/settings/Settings.svelte'),
  },
];

export function areaOf(id: string): Area | undefined {
  return areas.find((area) => area.id === id);
}
