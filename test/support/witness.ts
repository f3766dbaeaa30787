import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issueServerIdentity } from '../../apps/simulator/src/keys/identity.ts';
import { fromDecimal } from '../../apps/verifier/src/note/base64.ts';
import { parseNote } from '../../apps/verifier/src/note/note.ts';
import { parseGrowthProof } from '../../apps/verifier/src/note/proof-file.ts';
import { TrustedKey } from '../../apps/verifier/src/note/trusted-key.ts';
import { provesGrowth } from '../../apps/verifier/src/tree/prove.ts';

interface Seen {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a server here answers. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly location?: string;
}

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const emptyRoot = createHash('sha256').digest();

/**
 * A C2SP witness over TLS, with nothing of libs/tlog: it reads and checks with the verifier's code, which shares none
 * with the broker's. It also takes plain checkpoints at any other path, as an archive would.
 * @see https://c2sp.org/tlog-witness
 */
export class TestWitness {
  readonly name = 'witness.example/w1';
  readonly vkey: string;
  /** Everything that was asked of it, in order. */
  readonly asked: Asked[] = [];
  /** What it has cosigned, by origin. */
  readonly seen = new Map<string, Seen>();
  /** When set, it answers this instead. */
  answer: ((asked: Asked) => Answer | 'nothing' | undefined) | undefined;
  readonly #keyId: Buffer;
  readonly #privateKey: KeyObject;
  readonly #logs: TrustedKey[] = [];

  private constructor(
    readonly url: string,
    readonly caPem: string,
    readonly server: Server,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const typed = Buffer.concat([Buffer.of(4), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
    this.#privateKey = privateKey;
    this.#keyId = createHash('sha256').update(`${this.name}\n`).update(typed).digest().subarray(0, 4);
    this.vkey = `${this.name}+${this.#keyId.toString('hex')}+${typed.toString('base64')}`;
    server.on('request', (request: IncomingMessage, response) => {
      void bodyOf(request).then((body) => {
        const asked = { path: request.url ?? '', headers: request.headers, body };
        this.asked.push(asked);
        const answer = this.answer?.(asked) ?? this.#answerTo(asked);
        if (answer === 'nothing') return;
        const { status, type = 'text/plain', location } = answer;
        response.writeHead(status, { 'content-type': type, ...(location !== undefined && { location }) });
        response.end(answer.body);
      });
    });
  }

  static async start(): Promise<TestWitness> {
    const ca = await createAuthority();
    const { certificate, privateKey } = await issueServerIdentity(ca, ['localhost']);
    const server = createServer({ cert: certificate, key: privateKey });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestWitness(`https://localhost:${(server.address() as AddressInfo).port}`, ca.certificate, server);
  }

  /** As INTERLOCK_ANCHORS names it. */
  get setting(): string {
    return `witness+${this.url}/w#${this.vkey}`;
  }

  /** Lets a log submit checkpoints that this key signed. */
  trust(...vkeys: readonly string[]): void {
    this.#logs.push(...vkeys.map((vkey) => TrustedKey.parse(vkey)));
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  #answerTo({ path, body }: Asked): Answer {
    if (path !== '/w/add-checkpoint') return { status: 201 };
    const request = parseGrowthProof(body);
    const note = request && parseNote(request.checkpoint);
    const [origin = '', sizeLine = '', rootLine = ''] = note?.text.split('\n') ?? [];
    const size = fromDecimal(sizeLine);
    if (request === undefined || note === undefined || size === undefined || request.number > size) {
      return { status: 400 };
    }
    const keys = this.#logs.filter(({ name }) => name === origin);
    if (keys.length === 0) return { status: 404 };
    const signed = note.lines.some(({ signature }) => keys.some((key) => key.signed(note.text, signature)));
    if (!signed) return { status: 403 };
    const known = this.seen.get(origin) ?? { size: 0, root: emptyRoot };
    if (request.number !== known.size) return { status: 409, type: 'text/x.tlog.size', body: `${known.size}\n` };
    const root = Buffer.from(rootLine, 'base64');
    if (size === known.size && !root.equals(known.root)) return { status: 409 };
    const growth = { oldSize: known.size, oldRoot: known.root, newSize: size, newRoot: root };
    if (!provesGrowth(growth, request.hashes)) return { status: 422 };
    this.seen.set(origin, { size, root });
    return { status: 200, body: this.cosign(note.text) };
  }

  /** The signature line for a checkpoint's text. */
  cosign(text: string, time = 1_767_603_600): string {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), this.#privateKey);
    return `— ${this.name} ${Buffer.concat([this.#keyId, stamp, signature]).toString('base64')}\n`;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
