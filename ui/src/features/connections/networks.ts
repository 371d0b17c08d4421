/** The networks a connection can be made to. */
export const NETWORKS = [{ id: 'partnerstack', name: 'PartnerStack' }] as const;

export function networkName(id: string): string {
  return NETWORKS.find((network) => network.id === id)?.name ?? id;
}
