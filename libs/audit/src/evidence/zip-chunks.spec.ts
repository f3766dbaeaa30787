import fc from 'fast-check';
import { fromBufferPromise } from 'yauzl';
import type { BundleFile } from './bundle-file.ts';
import { zipChunks } from './zip-chunks.ts';
import { directoryEnd } from './zip-record.ts';

const modified = new Date('2026-03-04T05:06:07.890Z');

async function* asked(files: readonly BundleFile[], log: string[] = []): AsyncGenerator<BundleFile> {
  for (const file of files) {
    log.push(file.path);
    yield await Promise.resolve(file);
  }
}

async function* parts(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

async function zipped(files: readonly BundleFile[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipChunks(asked(files), modified)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads a .zip with a library that checks sizes and CRCs against the directory. */
async function read(zip: Buffer) {
  const opened = await fromBufferPromise(zip, { lazyEntries: true, strictFileNames: true });
  const files: { path: string; content: Buffer; time: Date; mode: number }[] = [];
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.push({
      path: entry.fileName,
      content: Buffer.concat(chunks),
      time: entry.getLastModDate({ timezone: 'UTC' }),
      mode: entry.externalFileAttributes >>> 16,
    });
  }
  return files;
}

describe('a .zip', () => {
  it('holds any files in their order, whether they came whole or in parts', async () => {
    const path = fc.stringMatching(/^[a-zä-ü0-9]{1,12}(\/[a-z0-9.]{1,8}x)?$/);
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 5 });
    const file = fc.tuple(path, texts, fc.constantFrom('text', 'bytes', 'parts'));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 8 }), async (files) => {
        const zip = await zipped(
          files.map(([name, part, form]) => {
            const whole = part.join('');
            return {
              path: name,
              content: form === 'text' ? whole : form === 'bytes' ? Buffer.from(whole) : parts(...part),
            };
          }),
        );
        const found = await read(zip);
        // Parts are encoded one by one: a surrogate pair may not be torn between two.
        const expected = files.map(([name, part, form]) => ({
          path: name,
          content: form === 'parts' ? Buffer.concat(part.map((one) => Buffer.from(one))) : Buffer.from(part.join('')),
        }));
        expect(found.map(({ path, content }) => ({ path, content }))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('gives each file its time, and lets scripts be run', async () => {
    const files = await read(
      await zipped([
        { path: 'a.txt', content: 'a' },
        { path: 'b.sh', content: parts('b') },
      ]),
    );

    // MS-DOS time has steps of two seconds.
    expect(files.map(({ time }) => time)).toEqual([new Date('2026-03-04T05:06:06Z'), new Date('2026-03-04T05:06:06Z')]);
    expect(files.map(({ mode }) => mode)).toEqual([0o100644, 0o100755]);
  });

  it('asks for a file only when the one before has been taken', async () => {
    const log: string[] = [];
    const chunks = zipChunks(
      asked(
        [
          { path: 'a', content: 'a' },
          { path: 'b', content: 'b' },
        ],
        log,
      ),
      modified,
    );
    await chunks.next();
    expect(log).toEqual(['a']);
    await chunks.next();
    expect(log).toEqual(['a', 'b']);
  });

  it('ends the file under way, and asks for no other, when its receiver goes away', async () => {
    const log: string[] = [];
    const ended = Promise.withResolvers<string>();
    async function* endless(): AsyncGenerator<string> {
      try {
        for (let line = 0; ; line += 1) yield await Promise.resolve(`${line * 7919} and more\n`);
      } finally {
        ended.resolve('ended');
      }
    }
    const files = [
      { path: 'a', content: endless() },
      { path: 'b', content: 'b' },
    ];
    for await (const chunk of zipChunks(asked(files, log), modified)) if (chunk.length > 1000) break;

    expect(await ended.promise).toBe('ended');
    expect(log).toEqual(['a']);
  });

  it('breaks off when a file cannot be read', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield await Promise.resolve('begun');
      throw new Error('the store is gone');
    }
    await expect(zipped([{ path: 'a', content: broken() }])).rejects.toThrow('the store is gone');
  });

  it('has no form for more than its directory can count', () => {
    expect(() => directoryEnd(65_536, 0, 0)).toThrow(expect.objectContaining({ name: 'RangeError' }));
    expect(() => directoryEnd(1, 0, 2 ** 32)).toThrow(expect.objectContaining({ name: 'RangeError' }));
  });
});
