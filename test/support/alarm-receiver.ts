import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { createAuthority, issueServerIdentity } from '../../apps/simulator/src/keys/identity.ts';

/** Of `data`. */
export interface AlarmData {
  readonly summary: string;
  readonly index: number;
  readonly leafHash: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly personal?: Readonly<Record<string, unknown>>;
}

export type ReceivedAlarm = CloudEvent<AlarmData>;

/** How a receiver answers: a status, another place, or not before the promise is kept. */
export type ReceiverAnswer = number | { readonly location: string } | Promise<number>;

/**
 * A receiver of alarms over TLS, with nothing of ours: the signature is checked by `standardwebhooks`, the envelope is
 * read by `cloudevents`. What does not pass is answered 400 and kept as a fault.
 */
export class AlarmReceiver {
  /** Everything that passed, in order, whatever was answered. */
  readonly received: ReceivedAlarm[] = [];
  readonly faults: unknown[] = [];
  answer: (alarm: ReceivedAlarm) => ReceiverAnswer = () => 204;
  readonly #server: Server;
  readonly #secret: Webhook;
  #port = 0;
  #heard: (() => void)[] = [];

  private constructor(
    server: Server,
    secret: string,
    readonly caPem: string,
  ) {
    this.#server = server;
    this.#secret = new Webhook(secret);
    server.on('request', (request, response) => {
      void request.toArray().then(async (chunks: Buffer[]) => {
        const answer = await this.#take(request.headers, Buffer.concat(chunks).toString('utf8'));
        if (typeof answer === 'number') response.writeHead(answer).end();
        else response.writeHead(307, answer).end();
      });
    });
  }

  static async start(secret: string): Promise<AlarmReceiver> {
    const ca = await createAuthority();
    const { certificate, privateKey } = await issueServerIdentity(ca, ['localhost']);
    const receiver = new AlarmReceiver(createServer({ cert: certificate, key: privateKey }), secret, ca.certificate);
    await receiver.open();
    return receiver;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `https://localhost:${this.#port}/alarms`;
  }

  /** Listens, after a {@link close} where it listened before. */
  async open(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Resolves with the first alarm that meets the condition, as soon as there is one. */
  async heard(meets: (alarm: ReceivedAlarm) => boolean): Promise<ReceivedAlarm> {
    for (;;) {
      const found = this.received.find(meets);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  #take(headers: IncomingHttpHeaders, body: string): ReceiverAnswer {
    try {
      this.#secret.verify(body, headers as Record<string, string>);
      const alarm = HTTP.toEvent<AlarmData>({ headers, body });
      if (!(alarm instanceof CloudEvent)) throw new TypeError('a batch of events');
      if (alarm.id !== headers['webhook-id']) throw new TypeError('webhook-id is not the id of the event');
      this.received.push(alarm);
      for (const wake of this.#heard.splice(0)) wake();
      return this.answer(alarm);
    } catch (error) {
      this.faults.push(error);
      return 400;
    }
  }
}
