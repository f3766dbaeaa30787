import type { EpochMillis, EventId } from '#kernel';
import { Webhook } from 'standardwebhooks';
import { AlarmError } from './alarm-error.ts';

const prefix = 'whsec_';
/** As the specification wants them. */
const bytes = { least: 24, most: 64 };

/**
 * A symmetric key that signs webhooks.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export class WebhookSecret {
  readonly #webhook: Webhook;

  private constructor(text: string) {
    this.#webhook = new Webhook(text);
  }

  /** Reads `whsec_` and 24 to 64 bytes in base64, with or without a line break. `alarm_secret_invalid` for others. */
  static parse(text: string): WebhookSecret {
    const trimmed = text.trim();
    const encoded = trimmed.slice(prefix.length);
    const { length } = Buffer.from(encoded, 'base64');
    const isCanonical = Buffer.from(encoded, 'base64').toString('base64') === encoded;
    if (!trimmed.startsWith(prefix) || !isCanonical || length < bytes.least || length > bytes.most) {
      throw new AlarmError('alarm_secret_invalid', 'A webhook secret is whsec_ and 24 to 64 random bytes in base64');
    }
    return new WebhookSecret(trimmed);
  }

  sign(id: EventId, at: EpochMillis, body: string): string {
    return this.#webhook.sign(id, new Date(at), body);
  }
}

/** The headers by which a receiver knows who sent the body; one signature per secret, so that secrets can be changed. */
export function signedHeaders(
  secrets: readonly WebhookSecret[],
  id: EventId,
  at: EpochMillis,
  body: string,
): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': secrets.map((secret) => secret.sign(id, at, body)).join(' '),
  };
}
