export const cloudNames = ['global', 'usgov', 'dod', 'china'] as const;
/** A Microsoft cloud: Global (GCC too), US Government L4 (GCC High), US Government L5 (DoD), China (21Vianet). */
export type CloudName = (typeof cloudNames)[number];

const usGovernment = ['login.microsoftonline.us', 'login.usgovcloudapi.net'] as const;

/**
 * Hosts of Entra's token service in each cloud, the one that v2.0 issuers name first. They answer for each other, and
 * L4 and L5 share theirs.
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export const loginHosts: Readonly<Record<CloudName, readonly [string, ...string[]]>> = {
  global: ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'sts.windows.net'],
  usgov: usGovernment,
  dod: usGovernment,
  china: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
};
