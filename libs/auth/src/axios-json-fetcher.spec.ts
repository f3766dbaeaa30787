import 'reflect-metadata'; // wanted by @peculiar/x509
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { AxiosJsonFetcher } from './axios-json-fetcher.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate for 127.0.0.1 and its key, in PEM. */
async function makeCertificate(): Promise<{ cert: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=issuer',
    signingAlgorithm: algorithm,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    cert: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----`,
  };
}

describe('AxiosJsonFetcher', () => {
  let server: Server;
  let agent: Agent;
  let url: URL;
  let answer: RequestListener;

  beforeAll(async () => {
    const { cert, key } = await makeCertificate();
    server = createServer({ cert, key }, (request, response) => {
      answer(request, response);
    });
    agent = new Agent({ ca: cert });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
  });

  afterAll(async () => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const fetch = (timeoutMs = 30_000) => new AxiosJsonFetcher({ agent, timeoutMs }).fetch(url);

  it('reads JSON', async () => {
    answer = (request, response) => {
      response.end(JSON.stringify({ keys: [], asked: [request.method, request.url, request.headers.authorization] }));
    };
    await expect(fetch()).resolves.toEqual({ keys: [], asked: ['GET', '/keys', null] });
  });

  it.each([204, 304, 404, 500])('refuses status %i', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    await expect(fetch()).rejects.toMatchObject({ code: 'unexpected_status' });
  });

  it('does not follow a redirect', async () => {
    const asked: unknown[] = [];
    answer = (request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end('{}');
    };
    await expect(fetch()).rejects.toMatchObject({ code: 'unexpected_status' });
    expect(asked).toEqual(['/keys']);
  });

  it('stops reading after 1 MiB', async () => {
    answer = (_, response) => response.end(`"${'x'.repeat(1024 * 1024)}"`);
    await expect(fetch()).rejects.toMatchObject({ code: 'too_large' });
  });

  it('refuses what is no JSON', async () => {
    answer = (_, response) => response.end('<html>');
    await expect(fetch()).rejects.toMatchObject({ code: 'not_json' });
  });

  it('gives up when there is no answer', async () => {
    answer = () => undefined;
    await expect(fetch(50)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('gives up when the answer does not end', async () => {
    answer = (_, response) => response.write('{');
    await expect(fetch(50)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('trusts no certificate that it cannot check', async () => {
    answer = (_, response) => response.end('{}');
    await expect(new AxiosJsonFetcher().fetch(url)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('asks nobody without TLS', async () => {
    await expect(new AxiosJsonFetcher().fetch(new URL('http://127.0.0.1/keys'))).rejects.toMatchObject({
      code: 'insecure_url',
    });
  });
});
