import { sentenceOf } from './sentence.ts';

const person = { kind: 'user', ref: 'dDx38Iabc' };

describe('the sentence of an event', () => {
  it.each([
    [
      'Person dDx38I… set out to pause hr-inbound until 2026-01-02 03:04 UTC, for CHG1',
      {
        type: 'pause.intent',
        actor: person,
        action: 'pause',
        resource: { alias: 'hr-inbound' },
        until: '2026-01-02T03:04:05.000Z',
        ticket: { id: 'CHG1' },
      },
    ],
    [
      'Person dDx38I… was refused to start ticketing: the job was in quarantine (rule operators-start)',
      {
        type: 'request.denied',
        actor: person,
        action: 'start',
        resource: { alias: 'ticketing' },
        deny_code: 'job_quarantined',
        rule_id: 'operators-start',
      },
    ],
    [
      'Somebody without a valid token was refused: token missing',
      { type: 'request.denied', actor: { kind: 'anonymous' }, deny_code: 'token_missing' },
    ],
    ['Graph did it', { type: 'pause.outcome', outcome: 'success' }],
    ['Nobody saw the answer (timeout)', { type: 'pause.outcome', outcome: 'unknown', outcome_reason: 'timeout' }],
    ['Interlock: service.started', { type: 'service.started' }],
  ])('%s', (sentence, event) => {
    expect(sentenceOf(event)).toBe(sentence);
  });
});
