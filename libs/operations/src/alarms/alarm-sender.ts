import { readFile } from 'node:fs/promises';
import {
  type Alarm,
  AlarmError,
  type Attempt,
  cloudEvent,
  type Destination,
  signedHeaders,
  WebhookPost,
  WebhookSecret,
} from '#alarms';
import { type AuditLog, AuditLogError, type DisclosedValues, type PersonalFieldName } from '#audit';
import type { Clock, EventId } from '#kernel';

export interface AlarmSenderPorts {
  readonly audit: Pick<AuditLog, 'record' | 'entry' | 'disclosedValues' | 'origin'>;
  readonly post: WebhookPost;
  readonly clock: Clock;
}

/** Sends alarms to one destination, one attempt at a time. */
export class AlarmSender {
  readonly #ports: AlarmSenderPorts;
  readonly #destination: Destination;
  /** The alarm whose disclosure is on record, so that further attempts need not record it. */
  #disclosed: EventId | undefined;

  constructor(ports: AlarmSenderPorts, destination: Destination) {
    this.#ports = ports;
    this.#destination = destination;
  }

  /** Rejects only when the log fails. */
  async send(alarm: Alarm, signal?: AbortSignal): Promise<Attempt> {
    const { audit, post, clock } = this.#ports;
    let secrets: readonly WebhookSecret[];
    try {
      // Read each time, so that a secret can be changed without a restart.
      secrets = await Promise.all(this.#destination.secretFiles.map((file) => readSecret(file)));
    } catch (error) {
      if (!(error instanceof AlarmError)) throw error;
      return { kind: 'troubled', reason: error.code };
    }
    const body = cloudEvent(alarm, audit.origin, await this.#personal(alarm));
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'interlock',
      ...signedHeaders(secrets, alarm.entry.id, clock.now(), body),
    };
    return post.post(this.#destination, headers, body, signal);
  }

  /** What the destination may have in plain; on record before it leaves. */
  async #personal({ name, index, entry }: Alarm): Promise<Readonly<Record<string, unknown>>> {
    const { disclose, name: destination } = this.#destination;
    if (disclose.length === 0) return {};
    const { audit } = this.#ports;
    const values = await this.#valuesOf(index);
    const disclosed = disclose.filter((field) => field in values) as readonly PersonalFieldName[];
    if (disclosed.length > 0 && this.#disclosed !== entry.id) {
      await audit.record({ type: 'alarm.disclosed', destination, parent: entry.id, name, disclosed });
      this.#disclosed = entry.id;
    }
    return Object.fromEntries(disclosed.map((field) => [field, values[field]]));
  }

  /** None when the entry was pruned, or when a field does not open: an alarm goes out without them too. */
  async #valuesOf(index: number): Promise<DisclosedValues> {
    const { audit } = this.#ports;
    try {
      return await audit.disclosedValues(await audit.entry(index));
    } catch (error) {
      if (error instanceof AuditLogError) return {};
      throw error;
    }
  }
}

/** Reads a secret; AlarmError when it is none. */
export async function readSecret(file: string): Promise<WebhookSecret> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new AlarmError('alarm_secret_unreadable', `The webhook secret ${file} cannot be read`, { cause });
  }
  return WebhookSecret.parse(text);
}
