import { randomBytes } from 'node:crypto';
import { type EventId, SystemClock } from '#kernel';
import { Webhook } from 'standardwebhooks';
import { signedHeaders, WebhookSecret } from './webhook-secret.ts';

const text = () => `whsec_${randomBytes(32).toString('base64')}`;
const id = 'event' as EventId;
const body = '{"größe":1}';

describe('a webhook secret', () => {
  it('signs so that a receiver with either of two secrets knows the sender', () => {
    const [old, next, other] = [text(), text(), text()];
    const secrets = [old, next].map((secret) => WebhookSecret.parse(`${secret}\r\n`));
    const headers = { ...signedHeaders(secrets, id, new SystemClock().now(), body) };
    for (const known of [old, next]) expect(new Webhook(known).verify(body, headers)).toEqual({ größe: 1 });
    expect(() => new Webhook(other).verify(body, headers)).toThrow('No matching signature');
    expect(() => new Webhook(old).verify(body.replace('1', '2'), headers)).toThrow('No matching signature');
  });

  it.each([
    ['nothing', ''],
    ['no prefix', randomBytes(32).toString('base64')],
    ['too short a key', `whsec_${randomBytes(23).toString('base64')}`],
    ['too long a key', `whsec_${randomBytes(65).toString('base64')}`],
    ['what is not base64', `whsec_${'*'.repeat(44)}`],
  ])('is not %s', (_, given) => {
    expect(() => WebhookSecret.parse(given)).toThrow(
      expect.objectContaining({ code: 'alarm_secret_invalid' }) as Error,
    );
  });
});
