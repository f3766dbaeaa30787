import { hash } from 'node:crypto';
import { type NoteSigner, signNote } from '#tlog';

/** What a bundle says about itself, beside its files. */
export interface BundleFacts {
  readonly origin: string;
  /** Entries of the log that was searched. */
  readonly size: number;
  /** The query's text; object ids have been replaced by pseudonyms. */
  readonly query: string;
  /** Entries that it found. */
  readonly count: number;
  /** Names of the personal fields that are shown where an entry has them. */
  readonly disclosed: readonly string[];
  /** RFC 3339. */
  readonly created: string;
}

/** Makes the manifest of a bundle while its files are written. */
export class BundleManifest {
  readonly #files: string[] = [];

  readonly add = (path: string, sha256: string): void => {
    this.#files.push(JSON.stringify({ path, sha256 }));
  };

  /** One file per line, so that a shell can read it. */
  text({ origin, size, query, count, disclosed, created }: BundleFacts): string {
    const querySha256 = hash('sha256', query);
    const facts = { format: 'interlock/evidence@v1', origin, size, query, querySha256, count, disclosed, created };
    const members = Object.entries(facts).map(
      ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
    );
    return `{\n${members.join('\n')}\n  "files": [\n    ${this.#files.join(',\n    ')}\n  ]\n}\n`;
  }
}

/**
 * The log's statement about a manifest, as a signed note. Its first line is no log's origin, so that it can never pass
 * for a checkpoint.
 * @see https://c2sp.org/signed-note
 */
export function signManifest(manifest: string, signer: NoteSigner): string {
  return signNote(`interlock/evidence@v1\nmanifest ${hash('sha256', manifest, 'base64')}\n`, signer);
}
