import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from './identity.ts';

/** Keeps identities in a directory so that trust survives a restart; without a directory nothing is kept. */
export class IdentityFiles {
  readonly #directory: string | undefined;

  constructor(directory?: string) {
    this.#directory = directory;
  }

  /** The identity kept under `name`, or one made now and kept: one PEM file, certificate first, owner-readable only. */
  async obtain(name: string, make: () => Promise<Identity>): Promise<Identity> {
    if (this.#directory === undefined) return make();
    const file = join(this.#directory, `${name}.pem`);
    const kept = await read(file);
    if (kept !== undefined) return kept;
    const made = await make();
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    await writeFile(file, made.certificate + made.privateKey, { mode: 0o600 });
    return made;
  }
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
