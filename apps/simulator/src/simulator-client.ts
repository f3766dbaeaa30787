import axios, { type AxiosInstance } from 'axios';
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Simulator } from './simulator.ts';
import { interlockSecret, ids } from './world/default-world.ts';

const toLoopback: LookupFunction = (_host, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/**
 * An HTTP client that trusts the simulator, finds every host name at it and hands back every status as a reply. For
 * one of Microsoft's hosts give the port as well: `https://graph.microsoft.us:<port>/`.
 */
export function clientOf(simulator: Pick<Simulator, 'url' | 'caPem'>): AxiosInstance {
  return axios.create({
    baseURL: simulator.url,
    proxy: false,
    maxRedirects: 0,
    validateStatus: () => true,
    httpsAgent: new Agent({ ca: simulator.caPem, lookup: toLoopback }),
  });
}

/** A Graph token of Interlock's application, by its secret. */
export async function graphTokenOf(client: AxiosInstance, secret: string = interlockSecret): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: ids.interlock.appId,
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
  });
  const { data } = await client.post<{ access_token: string }>(`/${ids.tenant}/oauth2/v2.0/token`, form);
  return data.access_token;
}
