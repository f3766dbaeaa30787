import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { inspect } from 'node:util';
import {
  cryptoProvider,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import {
  ClientId,
  type EpochMillis,
  type EventId,
  issueIntentReceipt,
  parseJobRef,
  SystemClock,
  TenantId,
} from '#kernel';
import { AccessToken } from './access-token.ts';
import { AxiosTransport } from './axios-transport.ts';
import { Deadline } from './deadline.ts';
import { endpointsOf } from './cloud.ts';
import { connectGraph } from './connect-graph.ts';
import type { CredentialConfig } from './entra-credential.ts';
import type { TokenEvent } from './renewing-tokens.ts';

const tenantId = TenantId.parse('11111111-0000-4000-8000-000000000001', 'tenant');
const clientId = ClientId.parse('22222222-0000-4000-8000-000000000002', 'client');
const ref = parseJobRef('7b0b4a52-0000-4000-8000-000000000001', 'scim.1');
const secretText = 'canary-secret';
const tokenText = 'canary-token';
const clock = new SystemClock();

async function makeCertificate() {
  const keys = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2049-01-01'),
    signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { key, cert: certificate.toString('pem'), der: Buffer.from(certificate.rawData) };
}

/** Entra's token service and Graph on one TLS server, as far as these tests need them. */
class Microsoft {
  readonly heard: { method: string; path: string; body: string; authorization: string | undefined }[] = [];
  tokenStatus = 200;
  #issued = 0;
  #server: Server | undefined;
  root = '';

  async open(identity: { readonly key: string; readonly cert: string }): Promise<void> {
    const server = createServer(identity, (request, response) => {
      void textOf(request).then((body) => {
        const { method = '', url = '/', headers } = request;
        const path = new URL(url, this.root).pathname;
        this.heard.push({ method, path, body, authorization: headers.authorization });
        const [status, reply] = this.#answer(path, headers.authorization);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(reply === undefined ? undefined : JSON.stringify(reply));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    this.#server = server;
    this.root = `https://localhost:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  get tokenRequests() {
    return this.heard.filter(({ path }) => path.endsWith('/oauth2/v2.0/token'));
  }

  get pauses() {
    return this.heard.filter(({ path }) => path.endsWith('/pause'));
  }

  #answer(path: string, authorization: string | undefined): [number, unknown?] {
    const authority = `${this.root}/${tenantId}`;
    if (path.endsWith('/.well-known/openid-configuration')) {
      const issuer = `${authority}/v2.0`;
      const endpoint = `${authority}/oauth2/v2.0`;
      return [
        200,
        {
          issuer,
          token_endpoint: `${endpoint}/token`,
          authorization_endpoint: `${endpoint}/authorize`,
          jwks_uri: `${authority}/keys`,
        },
      ];
    }
    if (path.endsWith('/oauth2/v2.0/token')) {
      if (this.tokenStatus !== 200) {
        return [
          this.tokenStatus,
          { error: 'invalid_client', error_description: `AADSTS7000215: Invalid client secret provided. Trace ID: x` },
        ];
      }
      this.#issued += 1;
      return [
        200,
        { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token: `${tokenText}-${this.#issued}` },
      ];
    }
    // The first token is taken for revoked, so that every call has to renew.
    if (authorization === `Bearer ${tokenText}-1`) return [401, { error: { code: 'InvalidAuthenticationToken' } }];
    return path.endsWith('/pause') ? [204] : [404, { error: { code: 'ResourceNotFound' } }];
  }
}

describe('connectGraph', () => {
  let identity: Awaited<ReturnType<typeof makeCertificate>>;
  let directory: string;
  let microsoft: Microsoft;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    cryptoProvider.set(crypto);
    identity = await makeCertificate();
    directory = await mkdtemp(join(tmpdir(), 'graph-'));
  });

  afterAll(() => rm(directory, { recursive: true }));

  beforeEach(async () => {
    microsoft = new Microsoft();
    await microsoft.open(identity);
  });

  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
    microsoft.close();
  });

  const withSecret: CredentialConfig = { kind: 'secret', tenantId, clientId, secret: () => secretText };

  async function connect(credential: CredentialConfig, ca: readonly string[] = [identity.cert]) {
    const events: TokenEvent[] = [];
    const endpoints = endpointsOf('global', { authorityHost: microsoft.root, graphBaseUrl: microsoft.root });
    const onTokenEvent = (event: TokenEvent) => events.push(event);
    const graph = await connectGraph({ endpoints, credential, version: '1.2.3', ca, onTokenEvent }, clock);
    closing.push(() => graph.close());
    const pause = () =>
      graph.gateway.pause(ref, {
        receipt: issueIntentReceipt('01890a5d-ac96-774b-bcce-b302099a8057' as EventId, 0),
        deadline: (clock.now() + 30_000) as EpochMillis,
      });
    return { ...graph, pause, events };
  }

  it('pauses over TLS with a secret, and with a really new token after a 401', async () => {
    const { pause } = await connect(withSecret);
    expect(await pause()).toMatchObject({ kind: 'done', evidence: { attempts: 2, status: 204 } });
    expect(microsoft.pauses.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${tokenText}-1`,
      `Bearer ${tokenText}-2`,
    ]);
    const form = new URLSearchParams(microsoft.tokenRequests[0]?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secretText,
      scope: expect.stringContaining('https://graph.microsoft.com/.default') as unknown,
    });
  });

  it('asks for one token when 200 calls start at once', async () => {
    const { tokens } = await connect(withSecret);
    await Promise.all(Array.from({ length: 200 }, () => tokens.token()));
    expect(microsoft.tokenRequests).toHaveLength(1);
  });

  it('signs in with a certificate, and sends its chain when told to', async () => {
    const path = join(directory, 'identity.pem');
    await writeFile(path, `${identity.key}\n${identity.cert}\n`);
    for (const sendChain of [false, true]) {
      const { tokens } = await connect({ kind: 'certificate', tenantId, clientId, path, sendChain });
      await tokens.token();
      const form = new URLSearchParams(microsoft.tokenRequests.at(-1)?.body);
      const assertion = form.get('client_assertion') ?? '';
      const header = JSON.parse(Buffer.from(assertion.split('.')[0]!, 'base64url').toString()) as Record<
        string,
        unknown
      >;
      expect(header['x5t#S256']).toBe(createHash('sha256').update(identity.der).digest('base64url'));
      expect('x5c' in header).toBe(sendChain);
    }
  });

  it('signs in with the federated token of a workload', async () => {
    const tokenFile = join(directory, 'token');
    await writeFile(tokenFile, 'federated');
    const { tokens } = await connect({ kind: 'workload-identity', tenantId, clientId, tokenFile });
    await tokens.token();
    expect(new URLSearchParams(microsoft.tokenRequests[0]?.body).get('client_assertion')).toBe('federated');
  });

  it('sends nothing to Graph when Entra refuses, and says why in the event only', async () => {
    microsoft.tokenStatus = 401;
    const { pause, events } = await connect(withSecret);
    const result = await pause();
    expect(result).toMatchObject({ kind: 'not_sent', reason: 'credential_unavailable', evidence: { attempts: 0 } });
    expect(JSON.stringify(result)).not.toContain('AADSTS');
    expect(events).toMatchObject([{ kind: 'failed', error: { entraCode: 'AADSTS7000215' } }]);
    expect(microsoft.pauses).toEqual([]);
  });

  it.each([
    ['a certificate file that is not there', { kind: 'certificate', tenantId, clientId, path: 'nowhere.pem' }],
    ['a workload token that is not there', { kind: 'workload-identity', tenantId, clientId, tokenFile: 'nowhere' }],
  ] as const)('takes %s for an unavailable credential', async (_what, credential) => {
    const { pause } = await connect(credential);
    expect(await pause()).toMatchObject({ kind: 'not_sent', reason: 'credential_unavailable' });
  });

  it('trusts no server whose certificate it does not know: neither Entra nor Graph hears a word', async () => {
    const { tokens } = await connect(withSecret, []);
    await expect(tokens.token()).rejects.toMatchObject({ code: 'credential_unavailable' });
    const transport = new AxiosTransport(microsoft.root, { version: '1.2.3' });
    closing.push(() => transport.close());
    const token = AccessToken.received(tokenText, clock.now(), (clock.now() + 3_600_000) as EpochMillis);
    const request = { method: 'GET', path: '/', token, clientRequestId: 'x', freshConnection: false } as const;
    await expect(
      transport.send(request, new Deadline(clock, Number.MAX_SAFE_INTEGER as EpochMillis)),
    ).rejects.toMatchObject({
      code: 'connect_failed',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(microsoft.heard).toEqual([]);
  });

  it('shows neither secret nor token in results, errors or itself', async () => {
    microsoft.tokenStatus = 401;
    const failing = await connect(withSecret);
    const refused: unknown = await failing.tokens.token().catch((error: unknown) => error);
    microsoft.tokenStatus = 200;
    const working = await connect(withSecret);
    const shown = [refused, failing, working, await working.pause(), working.events];
    for (const value of shown) {
      expect(inspect(value, { depth: Infinity, showHidden: true, getters: true })).not.toContain('canary');
      expect(JSON.stringify(value)).not.toContain('canary');
    }
  });
});
