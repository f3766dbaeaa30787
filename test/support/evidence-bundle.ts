import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { verify } from './verifier-process.ts';
import { verifyHere } from './verifier-program.ts';
import { zipFile } from '../verifier/zip-file.ts';

/** Whether there is an openssl that `verify.sh` can work with. */
const hasOpenssl = /^OpenSSL [3-9]/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout);

/** The files of a bundle by their path. */
export type BundleContents = ReadonlyMap<string, Buffer>;

/** Unpacks a .zip. */
export async function unpacked(zip: Buffer): Promise<BundleContents> {
  const files = new Map<string, Buffer>();
  const opened = await fromBufferPromise(zip, { lazyEntries: true });
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

export const textOf = (files: BundleContents, path: string): string => files.get(path)?.toString() ?? '';

/** Asks a broker for evidence. */
export function askEvidence(url: string, token: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${url}/api/audit/evidence`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The .zip that a broker hands out. */
export async function receiveEvidence(url: string, token: string, body: unknown): Promise<Buffer> {
  const reply = await askEvidence(url, token, body);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/zip']);
  return Buffer.from(await reply.arrayBuffer());
}

/** What a check of a bundle said: its exit code and the reasons that it gave, each once. */
export interface Verdict {
  readonly exitCode: number | null;
  readonly reasons: readonly string[];
}

/** Bundles that are checked as their receivers would check them: packed by `interlock-verify`, unpacked by `verify.sh`. */
export class BundleChecks {
  readonly #folder = mkdtempSync(join(tmpdir(), 'interlock-evidence-'));
  readonly #trust = join(this.#folder, 'trust.json');
  #count = 0;

  /** `vkey`: the key of the log, from elsewhere than the bundle. */
  constructor(vkey: string) {
    writeFileSync(this.#trust, JSON.stringify([{ vkey, fromSize: 0 }]));
  }

  /** What `interlock-verify` says; its program runs in this process. */
  async byVerifier(files: BundleContents): Promise<Verdict> {
    const { exitCode, problems } = await verifyHere('bundle', this.#pack(files), '--trust', this.#trust);
    return { exitCode, reasons: sorted(problems.map(({ code }) => code)) };
  }

  /** What the built `interlock-verify` says, as its users run it. */
  byCommand(files: BundleContents): Verdict {
    const { exitCode, problems } = verify('bundle', this.#pack(files), '--trust', this.#trust);
    return { exitCode, reasons: sorted(problems.map(({ code }) => code)) };
  }

  /** What the `verify.sh` of the bundle says; undefined where it cannot run, which tools/test.mjs tells loudly. */
  async byScript(files: BundleContents): Promise<(Verdict & { readonly output: string }) | undefined> {
    if (!hasOpenssl) return undefined;
    const script = join(this.#unpack(files), 'verify.sh');
    const child = spawn('sh', [script, this.#trust], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const reasons = sorted([...stdout.matchAll(/^FAILED {2}([a-z-]+):/gm)].map(([, code = '']) => code));
    return { exitCode: child.exitCode, reasons, output: stdout + stderr };
  }

  /** Expects that of the script, where it can run. */
  async expectOfScript(
    files: BundleContents,
    exitCode: number,
    reasons: readonly string[] = [],
    output = '',
  ): Promise<void> {
    const said = await this.byScript(files);
    if (said === undefined) return;
    expect(said).toEqual({ exitCode, reasons, output: expect.stringContaining(output) });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #pack(files: BundleContents): string {
    const path = join(this.#folder, `${++this.#count}.zip`);
    writeFileSync(path, zipFile([...files]));
    return path;
  }

  #unpack(files: BundleContents): string {
    const folder = join(this.#folder, String(++this.#count));
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return folder;
  }
}

function sorted(reasons: readonly string[]): readonly string[] {
  return [...new Set(reasons)].sort();
}
