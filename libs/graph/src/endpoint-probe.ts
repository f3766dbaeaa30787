import { request } from 'node:https';
import { isIP } from 'node:net';
import { connect, TLSSocket } from 'node:tls';
import { assertIntentReceipt, type EpochMillis, type IntentReceipt, type TenantId } from '#kernel';
import type { GraphEndpoints } from './cloud.ts';

const probeMillis = 5_000;

/** Whether a host can be reached by a TLS connection that is verified as every other one of ours. */
export type Reach =
  | {
      readonly reached: true;
      /** Such as `TLSv1.3`. */
      readonly protocol: string;
      /** When its certificate ends. */
      readonly certificateEnds: EpochMillis;
      /** Status of the reply, where something was asked. */
      readonly status?: number;
      /** Its clock, to the second, where it told. */
      readonly date?: EpochMillis;
    }
  /** `code`: why not, in the words of Node, such as `ENOTFOUND` or `SELF_SIGNED_CERT_IN_CHAIN`. */
  | { readonly reached: false; readonly code: string };

/** Shakes hands with Graph and asks nothing. Needs a receipt all the same: it is a byte to Graph. */
export async function probeGraph({ graphRoot }: GraphEndpoints, receipt: IntentReceipt): Promise<Reach> {
  assertIntentReceipt(receipt);
  const { hostname, port } = new URL(graphRoot);
  return settled((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: port === '' ? 443 : Number(port),
      ...(isIP(hostname) === 0 && { servername: hostname }),
    });
    socket.setTimeout(probeMillis, () => socket.destroy(timedOut()));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(factsOf(socket));
      socket.destroy();
    });
  });
}

/** Reads the public metadata of the tenant at its authority, without any credential, for the reply's head alone. */
export async function probeAuthority({ authorityHost }: GraphEndpoints, tenantId: TenantId): Promise<Reach> {
  return settled((resolve, reject) => {
    const asked = request(`${authorityHost}/${tenantId}/v2.0/.well-known/openid-configuration`, { agent: false });
    asked.setTimeout(probeMillis, () => asked.destroy(timedOut()));
    asked.once('error', reject);
    asked.once('response', (reply) => {
      const date = Date.parse(reply.headers.date ?? '');
      const facts = reply.socket instanceof TLSSocket ? factsOf(reply.socket) : undefined;
      const status = reply.statusCode ?? 0;
      asked.destroy();
      if (facts === undefined) reject(new TypeError('an https reply without TLS'));
      else resolve({ ...facts, status, ...(!Number.isNaN(date) && { date: date as EpochMillis }) });
    });
    asked.end();
  });
}

type Reached = Extract<Reach, { readonly reached: true }>;

async function settled(
  probe: (resolve: (reached: Reached) => void, reject: (error: Error) => void) => void,
): Promise<Reach> {
  try {
    return await new Promise<Reached>(probe);
  } catch (error) {
    return { reached: false, code: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'UNKNOWN';
  return typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

function factsOf(socket: TLSSocket): Reached {
  const certificateEnds = Date.parse(socket.getPeerCertificate().valid_to) as EpochMillis;
  return { reached: true, protocol: socket.getProtocol() ?? 'unknown', certificateEnds };
}

function timedOut(): Error {
  return Object.assign(new Error('the probe took too long'), { code: 'ETIMEDOUT' });
}
