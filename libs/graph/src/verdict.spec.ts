import { type GraphReply, TransportFailure } from './graph-transport.ts';
import { judgeFailure, judgePause, judgeRead, judgeStart } from './verdict.ts';

const reply = (status: number, body: GraphReply['body'] = Buffer.from('body')): GraphReply => ({
  status,
  headers: {},
  body,
});
const refused = (refusal: string) => ({ kind: 'refused', refusal });
const unknown = (reason: string) => ({ kind: 'unknown', reason });
const graphsOwn = Buffer.from('{"error":{"code":"ServiceNotAvailable","message":""}}');

describe('judgePause', () => {
  it.each([
    [200, unknown('server_error'), 'stop'],
    [202, unknown('server_error'), 'stop'],
    [204, { kind: 'done', value: undefined }, 'stop'],
    [206, unknown('server_error'), 'stop'],
    [302, refused('rejected'), 'stop'],
    [400, refused('rejected'), 'stop'],
    [401, refused('not_owned'), 'renew_token'],
    [403, refused('forbidden'), 'stop'],
    [404, refused('not_found'), 'stop'],
    [405, refused('rejected'), 'stop'],
    [409, refused('conflict'), 'resend'],
    [423, refused('conflict'), 'stop'],
    [429, refused('throttled'), 'resend'],
    [500, unknown('server_error'), 'stop'],
    [502, unknown('server_error'), 'stop'],
    [503, unknown('server_error'), 'resend'],
    [504, unknown('server_error'), 'stop'],
    [599, unknown('server_error'), 'stop'],
  ])('%d', (status, ending, next) => {
    expect(judgePause(reply(status))).toEqual({ ending, next });
    expect(judgePause(reply(status, 'broken_off'))).toEqual({ ending, next });
  });

  it('believes Graph itself that a 503 did nothing', () => {
    expect(judgePause(reply(503, graphsOwn))).toEqual({ ending: refused('unavailable'), next: 'resend' });
  });
});

describe('judgeStart', () => {
  it.each([
    [204, '', { kind: 'done', value: undefined }, 'stop'],
    [200, '', unknown('server_error'), 'stop'],
    [401, '', refused('not_owned'), 'renew_token'],
    [409, graphsOwn, refused('conflict'), 'stop'],
    [429, '', refused('throttled'), 'resend'],
    [500, graphsOwn, unknown('server_error'), 'stop'],
    [503, graphsOwn, refused('unavailable'), 'resend'],
    [503, '<html></html>', unknown('server_error'), 'stop'],
    [503, '', unknown('server_error'), 'stop'],
    [504, graphsOwn, unknown('server_error'), 'stop'],
  ])('%d with the body "%s"', (status, body, ending, next) => {
    expect(judgeStart(reply(status, Buffer.from(body)))).toEqual({ ending, next });
  });

  it('does not take half a 503 for a promise that nothing was done', () => {
    expect(judgeStart(reply(503, 'broken_off'))).toEqual({ ending: unknown('server_error'), next: 'stop' });
  });
});

describe('judgeRead', () => {
  const read = (body: GraphReply['body']) => (typeof body === 'string' ? undefined : body.toString());

  it.each([
    [200, { kind: 'done', value: 'body' }, 'stop'],
    [202, refused('malformed_reply'), 'stop'],
    [204, refused('malformed_reply'), 'stop'],
    [301, refused('rejected'), 'stop'],
    [401, refused('not_owned'), 'renew_token'],
    [404, refused('not_found'), 'stop'],
    [429, refused('throttled'), 'resend'],
    [500, refused('unavailable'), 'resend'],
    [503, refused('unavailable'), 'resend'],
    [504, refused('unavailable'), 'resend'],
  ])('%d', (status, ending, next) => {
    expect(judgeRead(reply(status), read)).toEqual({ ending, next });
  });

  it('tells a reply that broke off from one that is wrong', () => {
    expect(judgeRead(reply(200, 'broken_off'), read)).toEqual({
      ending: unknown('connection_lost'),
      next: 'resend_once',
    });
    expect(judgeRead(reply(200, 'too_large'), read)).toEqual({ ending: refused('malformed_reply'), next: 'stop' });
    expect(judgeRead(reply(404, 'broken_off'), read)).toEqual({ ending: refused('not_found'), next: 'stop' });
  });
});

describe('judgeFailure', () => {
  it.each([
    ['connect_failed', { kind: 'not_sent', reason: 'connect_failed' }, 'reconnect', 'reconnect'],
    ['never_sent', { kind: 'not_sent', reason: 'deadline_exceeded' }, 'stop', 'stop'],
    ['circuit_open', { kind: 'not_sent', reason: 'circuit_open' }, 'stop', 'stop'],
    ['too_busy', { kind: 'not_sent', reason: 'too_busy' }, 'stop', 'stop'],
    ['connection_lost', unknown('connection_lost'), 'resend_once', 'stop'],
    ['no_reply', unknown('timeout'), 'stop', 'stop'],
  ] as const)('%s', (code, ending, whenRepeatable, whenNot) => {
    expect(judgeFailure(new TransportFailure(code), true)).toEqual({ ending, next: whenRepeatable });
    expect(judgeFailure(new TransportFailure(code), false)).toEqual({ ending, next: whenNot });
  });
});
