import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisclosureKey, LogKey } from '#audit';

/** The keys of logs in one database, in files of their own, for programs that are started. */
export class LogKeyFiles {
  /** PKCS#8 PEM of the log's key. */
  readonly pem = LogKey.generatePem();
  readonly disclosureKeyText = DisclosureKey.generate();
  readonly #folder = mkdtempSync(join(tmpdir(), 'interlock-log-keys-'));
  readonly keyFile = join(this.#folder, 'log-key.pem');
  readonly disclosureKeyFile = join(this.#folder, 'disclosure-key');

  constructor() {
    writeFileSync(this.keyFile, this.pem);
    writeFileSync(this.disclosureKeyFile, this.disclosureKeyText);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
