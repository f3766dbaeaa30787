import { v5 as uuidv5 } from 'uuid';
import type { EventId } from '#kernel';
import { FakeClock } from '#testing';
import { CallEvidence } from './call-evidence.ts';
import type { GraphReply } from './graph-transport.ts';

const eventId = '01890a5d-ac96-774b-bcce-b302099a8057' as EventId;
const target = { method: 'POST', host: 'graph.example', pathTemplate: '/v1.0/{id}/pause' } as const;

function reply(status: number, code: string, headers: GraphReply['headers'] = {}): GraphReply {
  return { status, headers, body: Buffer.from(JSON.stringify({ error: { code, message: 'names people' } })) };
}

describe('CallEvidence', () => {
  it('tells what was asked and what came back last', async () => {
    const clock = new FakeClock();
    const evidence = new CallEvidence(target, eventId, clock);
    evidence.answered(reply(503, 'ServiceNotAvailable', { 'request-id': 'first' }), 2000);
    await clock.advance(2000);
    const date = 'Mon, 05 Jan 2026 09:00:02 GMT';
    evidence.answered(reply(404, 'ResourceNotFound', { 'request-id': 'forged\r\nline', date }), undefined);
    expect(evidence.get()).toEqual({
      ...target,
      attempts: 2,
      status: 404,
      errorCode: 'ResourceNotFound',
      graphRequestId: 'forgedline',
      graphDate: date,
      clientRequestId: uuidv5('2', eventId),
      latencyMs: 2000,
    });
  });

  it('does not pass an earlier reply for that of a lost attempt', () => {
    const evidence = new CallEvidence(target, eventId, new FakeClock());
    evidence.answered(reply(503, 'ServiceNotAvailable', { 'request-id': 'first' }), 2000);
    evidence.lost();
    expect(evidence.get()).toEqual({ ...target, attempts: 2, clientRequestId: uuidv5('2', eventId), latencyMs: 0 });
  });

  it('names no attempt when nothing was sent', () => {
    expect(new CallEvidence(target, eventId, new FakeClock()).get()).toEqual({ ...target, attempts: 0, latencyMs: 0 });
  });

  it('gives each attempt an id of its own that follows from the intent', () => {
    const evidence = new CallEvidence(target, eventId, new FakeClock());
    expect(evidence.nextClientRequestId).toBe(uuidv5('1', eventId));
    expect(evidence.nextClientRequestId).toBe(uuidv5('1', eventId));
    evidence.lost();
    expect(evidence.nextClientRequestId).toBe(uuidv5('2', eventId));
  });

  it('looks for an error code in errors only', () => {
    const evidence = new CallEvidence(target, eventId, new FakeClock());
    evidence.answered(reply(200, 'NotAnError'), undefined);
    expect(evidence.get()).not.toHaveProperty('errorCode');
  });
});
