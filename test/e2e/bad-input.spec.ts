import { once } from 'node:events';
import { connect } from 'node:net';
import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { Interlock, jobPath, jobsPath, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
  token = await interlock.hrPortal();
});
afterAll(() => interlock.stop());

interface RawReply {
  readonly status: number;
  readonly headers: string;
  readonly body: { readonly error?: { readonly code?: string; readonly innerError?: Record<string, unknown> } };
}

/** Sends the request line and headers exactly as given: no client library tidies them up. */
async function raw(
  requestLine: string,
  headers: Record<string, string> = {},
  body = '',
  authorize = true,
): Promise<RawReply> {
  const { hostname, port } = new URL(broker.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const all = {
    host: `${hostname}:${port}`,
    connection: 'close',
    ...(authorize && { authorization: `Bearer ${token}` }),
    ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const head = [`${requestLine} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', ''];
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  socket.write(head.join('\r\n') + body);
  await once(socket, 'close');
  const [replyHead = '', replyBody = ''] = text.split(/\r\n\r\n([^]*)/);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(replyHead)?.[1]),
    headers: replyHead.toLowerCase(),
    body: replyBody === '' ? {} : (JSON.parse(replyBody) as RawReply['body']),
  };
}

const json = { 'content-type': 'application/json' };
const good = JSON.stringify(goodJustification);
const principal = jobs.hrInbound.servicePrincipalId;
const job = jobs.hrInbound.jobId;
const list = jobsPath(principal);

/** What is wrong, the request, and the stable code of the refusal. */
const table: readonly [name: string, line: string, headers: Record<string, string>, body: string, code: string][] = [
  ['a service principal that is no GUID', `POST ${jobsPath('hr')}/${job}/pause`, json, good, 'id_malformed'],
  ['a GUID in braces', `POST ${jobsPath(`{${principal}}`)}/${job}/pause`, json, good, 'id_malformed'],
  ['an empty job id', `POST ${list}//pause`, json, good, 'route_not_found'],
  ['dots for a job id', `POST ${list}/../pause`, json, good, 'id_malformed'],
  ['dots inside of a job id', `POST ${list}/a..b/pause`, json, good, 'id_malformed'],
  ['an encoded slash', `POST ${list}/a%2fb/pause`, json, good, 'id_malformed'],
  ['an encoded backslash', `POST ${list}/a%5cb/pause`, json, good, 'id_malformed'],
  ['an encoded NUL', `POST ${list}/${job}%00/pause`, json, good, 'id_malformed'],
  ['an encoded line break', `POST ${list}/${job}%0d%0aX:y/pause`, json, good, 'id_malformed'],
  ['double encoding', `POST ${list}/%252e%252e/pause`, json, good, 'id_malformed'],
  ['a semicolon', `POST ${list}/${job};x=1/pause`, json, good, 'id_malformed'],
  ['a broken percent escape', `POST ${list}/%zz/pause`, json, good, 'body_malformed'],
  ['a job id of 201 characters', `POST ${list}/${'x'.repeat(201)}/pause`, json, good, 'id_malformed'],
  ['a job id of 2,000 characters', `POST ${list}/${'x'.repeat(2000)}/pause`, json, good, 'uri_too_long'],
  ['the absolute form', `POST http://graph.microsoft.com${pausePath}`, json, good, 'target_malformed'],
  ['a target that is no path', `POST *`, json, good, 'target_malformed'],
  ['an extra segment', `POST ${pausePath}/now`, json, good, 'route_not_found'],
  ['a double slash', `POST /${pausePath}`, json, good, 'route_not_found'],
  ['another case', `POST ${pausePath.toUpperCase()}`, json, good, 'route_not_found'],
  ['restart', `POST ${jobPath(jobs.hrInbound)}/restart`, json, good, 'route_not_found'],
  ['secrets', `POST /v1.0/servicePrincipals/${principal}/synchronization/secrets`, json, good, 'route_not_found'],
  ['the schema', `GET ${jobPath(jobs.hrInbound)}/schema`, {}, '', 'route_not_found'],
  ['the beta version', `POST ${pausePath.replace('v1.0', 'beta')}`, json, good, 'route_not_found'],
  ['DELETE', `DELETE ${jobPath(jobs.hrInbound)}`, {}, '', 'method_not_allowed'],
  ['PUT', `PUT ${pausePath}`, json, good, 'method_not_allowed'],
  ['PATCH', `PATCH ${jobPath(jobs.hrInbound)}`, json, good, 'method_not_allowed'],
  ['OPTIONS', `OPTIONS ${pausePath}`, {}, '', 'method_not_allowed'],
  ['a method override', `POST ${list}`, { 'x-http-method-override': 'GET' }, '', 'method_override_not_allowed'],
  [
    'another method override',
    `GET ${jobPath(jobs.hrInbound)}`,
    { 'x-http-method': 'DELETE' },
    '',
    'method_override_not_allowed',
  ],
  ['an unknown query parameter', `POST ${pausePath}?force=1`, json, good, 'query_not_allowed'],
  ['a repeated dryRun', `POST ${pausePath}?dryRun=true&dryRun=false`, json, good, 'field_invalid'],
  ['broken JSON', `POST ${pausePath}`, json, '{"reason":', 'body_malformed'],
  ['JSON that is no object', `POST ${pausePath}`, json, '[1]', 'body_malformed'],
  ['an unknown field', `POST ${pausePath}`, json, '{"reson":"typing error"}', 'unknown_field'],
  ['a field named __proto__', `POST ${pausePath}`, json, '{"__proto__":{"reason":"x"}}', 'unknown_field'],
  ['a reason that is no text', `POST ${pausePath}`, json, '{"reason":1}', 'field_invalid'],
  ['a reason with a control character', `POST ${pausePath}`, json, '{"reason":"a\\u0000b"}', 'field_invalid'],
  ['a reason with half a surrogate pair', `POST ${pausePath}`, json, '{"reason":"a\\ud800b"}', 'field_invalid'],
  [
    'a reason of 1,001 characters',
    `POST ${pausePath}`,
    json,
    JSON.stringify({ reason: 'x'.repeat(1001) }),
    'field_invalid',
  ],
  ['a duration in months', `POST ${pausePath}`, json, '{"duration":"P1M"}', 'field_invalid'],
  ['a negative duration', `POST ${pausePath}`, json, '{"duration":"-PT1H"}', 'field_invalid'],
  ['an end in the past', `POST ${pausePath}`, json, '{"until":"2020-01-01T00:00:00Z"}', 'field_invalid'],
  ['an end without zone', `POST ${pausePath}`, json, '{"until":"2099-01-01T00:00:00"}', 'field_invalid'],
  [
    'duration and end',
    `POST ${pausePath}`,
    json,
    '{"duration":"PT1H","until":"2099-01-01T00:00:00Z"}',
    'justification_conflict',
  ],
  [
    'two different reasons',
    `POST ${pausePath}`,
    { ...json, 'interlock-reason': 'another one' },
    good,
    'justification_conflict',
  ],
  ['a body of 1 MiB', `POST ${pausePath}`, json, `{"reason":"${'x'.repeat(1024 * 1024)}"}`, 'body_too_large'],
  ['another media type', `POST ${pausePath}`, { 'content-type': 'text/xml' }, '<reason/>', 'media_type_unsupported'],
];

describe('a request with', () => {
  it.each(table)(
    '%s is refused in the Graph envelope, recorded, and Graph hears nothing',
    async (_, line, headers, body, code) => {
      interlock.cloud.clearJournal();
      const reply = await raw(line, headers, body);

      expect({ status: reply.status, code: reply.body.error?.innerError?.['code'] }).toEqual({
        status: statusOf(code),
        code,
      });
      expect(reply.body.error?.innerError?.['request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(reply.headers).toContain('content-type: application/json');
      expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
      const events = await eventsOver(broker.url, await interlock.reviewer());
      const recorded = events.find((event) => event.corr?.request_id === reply.body.error?.innerError?.['request-id']);
      expect(recorded).toMatchObject({ type: 'request.denied', deny_code: code, actor: { kind: 'application' } });
    },
  );

  it('HEAD on a route is refused like an unknown method, without a body', async () => {
    const reply = await raw(`HEAD ${jobPath(jobs.hrInbound)}`);

    expect(reply).toMatchObject({ status: 405, body: {} });
  });

  it('headers beyond 32 KiB is cut with 431', async () => {
    expect((await raw(`GET ${list}`, { 'x-long': 'x'.repeat(40_000) })).status).toBe(431);
  });

  it('something that is not HTTP is cut with 400', async () => {
    expect((await raw('GET  two  spaces ', {}, '')).status).toBe(400);
  });
});

describe('a stranger', () => {
  it.each(table)('with %s hears 401 and nothing about what is wrong', async (_, line, headers, body) => {
    const reply = await raw(line, headers, body, false);

    expect([reply.status, reply.body.error?.innerError?.['code']]).toEqual([401, 'token_missing']);
    expect(reply.headers).toContain('www-authenticate: bearer');
  });
});

describe('what Graph SDKs send without a justification', () => {
  it.each([
    ['no body at all', {}, ''],
    ['Content-Type JSON and Content-Length 0', { ...json, 'content-length': '0' }, ''],
    ['an empty object', json, '{}'],
  ])('%s is well-formed: it is the policy that asks for more', async (_, headers, body) => {
    const reply = await raw(`POST ${pausePath}`, headers, body);

    expect([reply.status, reply.body.error?.innerError?.['code']]).toEqual([403, 'requirement_missing']);
  });
});

function statusOf(code: string): number {
  switch (code) {
    case 'route_not_found':
      return 404;
    case 'method_not_allowed':
      return 405;
    case 'body_too_large':
      return 413;
    case 'uri_too_long':
      return 414;
    case 'media_type_unsupported':
      return 415;
    default:
      return 400;
  }
}
