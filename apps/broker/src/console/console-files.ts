import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildFolder } from '#config';
import { StartupError } from '../start/startup-error.ts';

/** A file of the console as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  /** Its name holds a hash of its content, so it never changes. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Where the build puts the console. */
const built = fileURLToPath(new URL('dist/apps/console', buildFolder));

/** The built console, read once: nothing that a request names ever reaches the file system. */
export class ConsoleFiles {
  readonly page: ConsoleFile;
  readonly #files: ReadonlyMap<string, ConsoleFile>;

  private constructor(page: ConsoleFile, files: ReadonlyMap<string, ConsoleFile>) {
    this.page = page;
    this.#files = files;
  }

  /** Throws a {@link StartupError} when there is no console in the folder. */
  static load(folder = built): ConsoleFiles {
    const files = new Map(namesIn(folder).map((name) => [name, fileOf(folder, name)]));
    const page = files.get('index.html');
    if (page !== undefined) return new ConsoleFiles(page, files);
    const what = 'the console is not in this build; run npm run build, or take its settings away';
    throw new StartupError([`INTERLOCK_CONSOLE_URL  useless: ${what}`]);
  }

  /** By its path below /console/. */
  find(path: string): ConsoleFile | undefined {
    return this.#files.get(path);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return found.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  } catch {
    return [];
  }
}

function fileOf(folder: string, name: string): ConsoleFile {
  const body = readFileSync(join(folder, name));
  const type = types[extname(name)] ?? 'application/octet-stream';
  return { type, body, gzipped: gzipSync(body, { level: 9 }), immutable: name.startsWith(`assets${sep}`) };
}
