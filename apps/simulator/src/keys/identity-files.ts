import { randomUUID, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from './identity.ts';

/** Keeps identities in a directory so that trust survives a restart; without a directory nothing is kept. */
export class IdentityFiles {
  readonly #directory: string | undefined;

  constructor(directory?: string) {
    this.#directory = directory;
  }

  /**
   * The identity kept under `name`, or one made now and kept: one PEM file, certificate first, owner-readable only. One
   * whose certificate has ended, or soon will, is made anew.
   */
  async obtain(name: string, make: () => Promise<Identity>): Promise<Identity> {
    if (this.#directory === undefined) return make();
    const file = join(this.#directory, `${name}.pem`);
    const kept = await read(file);
    if (kept !== undefined && outlives(kept, day)) return kept;
    const made = await make();
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    // Another simulator on the same directory finds it whole or not at all.
    const whole = `${file}.${randomUUID()}`;
    await writeFile(whole, made.certificate + made.privateKey, { mode: 0o600 });
    await rename(whole, file);
    return made;
  }
}

const day = 86_400_000;

function outlives({ certificate }: Identity, millis: number): boolean {
  // Real time, as the certificates have it.
  return new X509Certificate(certificate).validToDate.getTime() > Date.now() + millis;
}

async function read(file: string): Promise<Identity | undefined> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const end = '-----END CERTIFICATE-----\n';
  const cut = pem.indexOf(end) + end.length;
  return { certificate: pem.slice(0, cut), privateKey: pem.slice(cut) };
}
