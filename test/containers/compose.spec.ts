import { randomBytes, randomInt } from 'node:crypto';
import { Agent } from 'node:https';
import { fileURLToPath } from 'node:url';
import { DisclosureKey, openField } from '#audit';
import type { EventId } from '#kernel';
import axios from 'axios';
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment } from 'testcontainers';
import { z } from 'zod';
import { Ending } from '../../apps/broker/src/start/ending.ts';
import { hrPortalSecret, ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { removeImage } from '../support/docker-image.ts';
import { call } from '../support/http-client.ts';
import { jobPath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';
import { pausesOf } from '../support/recorded-pauses.ts';
import { askControl } from '../support/simulator-container.ts';

const folder = fileURLToPath(new URL('../../docker', import.meta.url));
/** Not the defaults, so that an environment that is up for other reasons does not stand in the way. */
const edge = `10.${randomInt(100, 200)}.${randomInt(256)}`;
const project = `interlock-test-${randomBytes(4).toString('hex')}`;
const pauses = 8;
const setUp = 600_000;

const ending = new Ending();
let environment: StartedDockerComposeEnvironment;
let url: string;

/** The compose file publishes to this machine only, whatever address the Docker host has for others. */
const published = (container: string, port: number) =>
  `127.0.0.1:${environment.getContainer(container).getMappedPort(port)}`;

beforeAll(async () => {
  for (const service of ['broker', 'simulator', 'proxy']) ending.add(() => removeImage(`${project}-${service}`));
  environment = await new DockerComposeEnvironment(folder, 'compose.yaml')
    .withProjectName(project)
    .withBuild()
    .withEnvironment({ EDGE_PREFIX: edge, HTTP_PORT: '0', SIMULATOR_PORT: '0', CONTROL_PORT: '0' })
    .up();
  ending.add(async () => {
    await environment.down({ removeVolumes: true });
  });
  url = `http://${published('proxy-1', 8080)}`;
}, setUp);
afterAll(() => ending.run());

/** A token as the HR portal fetches it, from the token endpoint with its own secret. */
async function hrPortal(): Promise<string> {
  const ca = (await environment.getContainer('simulator-1').exec(['cat', '/certificates/ca.pem'])).output;
  const reply = await axios.post(
    `https://${published('simulator-1', 8443)}/${ids.tenant}/oauth2/v2.0/token`,
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: ids.hrPortal.appId,
      client_secret: hrPortalSecret,
      scope: 'api://interlock/.default',
    }),
    { httpsAgent: new Agent({ ca }) },
  );
  return z.object({ access_token: z.string() }).parse(reply.data).access_token;
}

/** What was disclosed about where requests came from, opened with the brokers' own key. */
async function recordedAddresses(): Promise<string> {
  const { output: keyText } = await environment.getContainer('broker-1').exec(['cat', secret('disclosure-key')]);
  const key = DisclosureKey.parse(keyText);
  const query = `select event_id, name, subject, encode(field.nonce, 'hex'), encode(field.content, 'hex'),
    data_key.key_id, encode(data_key.nonce, 'hex'), encode(data_key.content, 'hex')
    from audit_private as field join audit_leaf using (log_id, idx) join data_key on ref = subject
    where name in ('net.ip', 'net.forwarded')`;
  const { output } = await environment
    .getContainer('postgres-1')
    .exec(['psql', '--host=127.0.0.1', '--username=interlock', '--tuples-only', '--no-align', '--command', query]);
  const disclosures = output
    .trim()
    .split('\n')
    .map((line) => {
      const [eventId = '', name = '', subject = '', ...hex] = line.split('|');
      const [nonce, content, , keyNonce, keyContent] = hex.map((part) => Buffer.from(part, 'hex'));
      const wrapped = { keyId: hex[2] ?? '', nonce: keyNonce!, content: keyContent! };
      const owner = { origin: 'localhost/audit/compose', eventId: eventId as EventId };
      const field = { name, subject, nonce: nonce!, content: content! };
      return openField(field, key.unwrap(subject, wrapped), owner)?.encoded ?? '';
    });
  return disclosures.map((encoded) => Buffer.from(encoded, 'base64url').toString()).join('\n');
}

describe('the compose file', () => {
  it('serves pauses through the proxy on both replicas, which keep one log', async () => {
    const token = await hrPortal();
    const pause = () =>
      call(`${url}${jobPath(jobs.hrInbound)}/pause`, {
        method: 'POST',
        token,
        body: goodJustification,
        headers: { 'x-forwarded-for': '203.0.113.7' },
      });
    const replies = await Promise.all(Array.from({ length: pauses }, pause));

    const control = `http://${published('simulator-1', 8444)}`;
    const reviewer = await askControl(control, 'mintToken', { application: ids.console.appId, roles: ['Audit.Read'] });
    const events = await eventsOver(url, reviewer);
    const recorded = replies.map((reply) => pausesOf(events, String(reply.headers['request-id'])));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 204));
    expect(recorded.map((found) => found.map(({ outcomes }) => outcomes))).toEqual(replies.map(() => [['success']]));
    expect(new Set(recorded.flat().map(({ instance }) => instance)).size).toBe(2);
    expect(await askControl(control, 'jobState', jobs.hrInbound)).toMatchObject({ kind: 'paused' });
  });

  it('records where a request came from: not the proxy, and not what the caller claims', async () => {
    const addresses = await recordedAddresses();

    expect(addresses).toContain('net.ip');
    expect(addresses).not.toContain(`"${edge}.10"`);
    expect(addresses).not.toContain('203.0.113.7');
  });

  it('keeps the brokers’ secrets from everyone but their user', async () => {
    const { output } = await environment
      .getContainer('broker-1')
      .exec([
        'stat',
        '--format=%n %U %a',
        ...['', 'log-key.pem', 'disclosure-key', 'database-url', 'client-secret'].map(secret),
      ]);

    expect(output.trim().split('\n')).toEqual([
      '/run/interlock/ node 700',
      '/run/interlock/log-key.pem node 400',
      '/run/interlock/disclosure-key node 400',
      '/run/interlock/database-url node 400',
      '/run/interlock/client-secret node 400',
    ]);
  });
});

const secret = (name: string) => `/run/interlock/${name}`;
