import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasons, verify } from '../support/verifier-process.ts';
import { verifyHere } from '../support/verifier-program.ts';
import { bundleFiles, ended, type Evidence, evidenceOf, footer, manifestOf } from './evidence.ts';
import { newKey, TestFolder, type WrittenLog, writeLog } from './real-log.ts';
import { zipFile } from './zip-file.ts';

const key = newKey();
let folder: TestFolder;
let log: WrittenLog;
let some: Evidence;
let all: Evidence;

beforeAll(async () => {
  folder = new TestFolder();
  log = await writeLog(folder.file('log.db'), key, 300, [150]);
  some = await evidenceOf(log, key, 100, 110);
  all = await evidenceOf(log, key, 0, 300);
});
afterAll(() => {
  folder.remove();
});

const trust = () => ['--vkey', key.vkey];
const outcome = async (...args: readonly string[]) => {
  const result = await verifyHere(...args);
  return [result.exitCode, ...reasons(result)];
};

describe('a proof file', () => {
  const proof = (text: string, leaf: Uint8Array, ...options: readonly string[]) =>
    outcome('proof', folder.write('proof', text), '--leaf', folder.write('leaf', leaf), ...options);

  it('is verified', async () => {
    expect(await proof(log.proof, log.leaf, ...trust())).toEqual([0]);
    expect(await proof(log.proof, log.leaf)).toEqual([3]);
  });

  it('is refused with another leaf, index, key or form', async () => {
    expect(await proof(log.proof, Buffer.from('{}'), ...trust())).toEqual([1, 'inclusion 100']);
    expect(await proof(log.proof.replace('index 100', 'index 101'), log.leaf, ...trust())).toEqual([
      1,
      'inclusion 101',
    ]);
    expect(await proof(log.proof, log.leaf, '--vkey', newKey().vkey)).toEqual([1, 'unknown-key']);
    expect(await proof(log.proof.replace('@v1', '@v2'), log.leaf, ...trust())).toEqual([1, 'proof-malformed']);
    expect(await proof(`${log.proof}more`, log.leaf, ...trust())).toEqual([1, 'checkpoint-malformed']);
    expect(await proof(log.proof.replace('\n300\n', '\n299\n'), log.leaf, ...trust())).toContain('signature');
  });
});

describe('two checkpoints', () => {
  const at = (size: number) => folder.write('checkpoint', log.checkpoints.get(size) ?? '');
  const growth = () => folder.write('growth', log.growth.get(150) ?? '');

  it('are one log when the proof says so', async () => {
    expect(await outcome('checkpoints', at(150), at(300), '--proof', growth(), ...trust())).toEqual([0]);
    expect(await outcome('checkpoints', at(300), at(300), ...trust())).toEqual([0]);
    expect(await outcome('checkpoints', at(150), at(300), ...trust())).toEqual([3]);
  });

  it('are a rollback, a fork or unproved otherwise', async () => {
    const fork = await writeLog(folder.file('fork.db'), key, 300, []);
    const other = folder.write('checkpoint', fork.checkpoints.get(300) ?? '');
    expect(await outcome('checkpoints', at(300), at(150), ...trust())).toEqual([1, 'rollback']);
    expect(await outcome('checkpoints', at(300), other, ...trust())).toEqual([1, 'fork']);
    expect(await outcome('checkpoints', at(150), other, '--proof', growth(), ...trust())).toEqual([1, 'consistency']);
  });
});

describe('an export', () => {
  const exported = (content: string) => outcome('export', folder.write('export.ndjson', content), ...trust());
  const whole = (lines: readonly string[] = all.lines, count = lines.length) =>
    ended([...lines, footer(count, 'action:pause', all.checkpoint, key)]);

  it('of the whole log is verified, and one of a part is as good as its proofs', async () => {
    expect(await exported(whole())).toEqual([0]);
    expect(await exported(whole(some.lines))).toEqual([3]);
  });

  it.each<readonly [string, () => string, readonly string[]]>([
    ['a line left out', () => whole(all.lines.toSpliced(5, 1), 300), ['count']],
    ['a line twice', () => whole(all.lines.toSpliced(5, 0, all.lines[5]!)), ['duplicate-index 5']],
    ['lines in another order', () => whole([all.lines[1]!, all.lines[0]!]), ['order 0']],
    ['another event beside the leaf', () => whole([all.lines[0]!.replace('"one"', '"two"')]), ['event 0']],
    ['a cut end', () => ended(all.lines), ['footer-missing']],
    ['something after the end', () => `${whole()}{}\n`, ['trailing-bytes']],
    ['another count under the old signature', () => whole().replace('"count":300', '"count":299'), ['count', 'footer']],
    ['a line that is no entry', () => whole(['{"index":0}']), ['count', 'line-malformed']],
    [
      'a changed disclosure',
      () => whole([some.lines[0]!.replace(/"disclosures":\["[^"]{4}/, '"disclosures":["AAAA')]),
      ['disclosure 100'],
    ],
    [
      'a changed leaf and event',
      () => {
        const line = JSON.parse(all.lines[7]!) as { leaf: string };
        const leaf = Buffer.from(line.leaf, 'base64').toString().replace('"one"', '"two"');
        const forged = { ...line, leaf: Buffer.from(leaf).toString('base64'), event: JSON.parse(leaf) as object };
        return whole(all.lines.with(7, JSON.stringify(forged)));
      },
      ['root'],
    ],
  ])('is refused with %s', async (_what, content, found) => {
    expect(await exported(content())).toEqual([1, ...found]);
  });
});

describe('an evidence bundle', () => {
  type Files = Map<string, string>;
  const zipped = (files: Files, manifest = manifestOf(files, key)) => zipFile([...files, ...manifest]);
  const bundle = (content: Uint8Array) => outcome('bundle', folder.write('bundle.zip', content), ...trust());
  const changed = (change: (files: Files) => unknown): Buffer => {
    const files = bundleFiles(some, key);
    // The entries name a policy, which a complete bundle has.
    change(files);
    return zipped(files);
  };
  const noPolicy = 3;

  it('is verified entry by entry, as .zip and unpacked', async () => {
    const files = bundleFiles(some, key);
    const path = folder.file('bundle');
    for (const [name, content] of [...files, ...manifestOf(files, key)]) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    expect(verify('bundle', path, ...trust())).toMatchObject({
      exitCode: noPolicy,
      problems: [],
      entries: { verified: 10 },
      fields: { disclosed: 40 },
      incomplete: [`the policy ${'0'.repeat(64)} is not in the bundle`],
    });
    expect(await bundle(zipped(files))).toEqual([noPolicy]);
  });

  it.each<readonly [string, () => Uint8Array, readonly string[]]>([
    [
      'a file that is not what the manifest lists',
      () => {
        const files = bundleFiles(some, key);
        const manifest = manifestOf(files, key);
        return zipped(files.set('README.md', 'changed'), manifest);
      },
      ['file-hash'],
    ],
    [
      'a file that the manifest does not list',
      () => {
        const files = bundleFiles(some, key);
        const manifest = manifestOf(files, key);
        return zipped(files.set('extra', ''), manifest);
      },
      ['file-unlisted'],
    ],
    [
      'a file twice',
      () => zipFile([...bundleFiles(some, key), ['README.md', 'other']]),
      ['file-duplicate', 'file-missing'],
    ],
    ['bytes behind it', () => Buffer.concat([changed(() => undefined), Buffer.from('more')]), ['trailing-bytes']],
    ['no proof of an entry', () => changed((files) => files.delete('proofs/105.tlog-proof')), ['proof-missing 105']],
    [
      'the proof of another entry',
      () => changed((files) => files.set('proofs/105.tlog-proof', some.proofs.get(106)!)),
      ['inclusion 105', 'inclusion 106'],
    ],
    ['no checkpoint', () => changed((files) => files.delete('checkpoint')), ['checkpoint-missing']],
    [
      'a trust file with another key',
      () => changed((files) => files.set('trust.json', JSON.stringify([{ vkey: newKey().vkey, fromSize: 0 }]))),
      ['trust'],
    ],
    [
      'entries that do not end with the count',
      () => changed((files) => files.set('entries.ndjson', ended(some.lines))),
      ['footer-missing'],
    ],
    [
      'a count for another checkpoint than that of the proofs',
      () =>
        changed((files) =>
          files.set(
            'entries.ndjson',
            ended([...some.lines, footer(10, 'action:pause', log.checkpoints.get(150)!, key)]),
          ),
        ),
      ['footer'],
    ],
    [
      'another query in the manifest than in the count',
      () => {
        const files = bundleFiles(some, key);
        return zipped(files, manifestOf(files, key, { query: 'action:start' }));
      },
      ['manifest'],
    ],
    [
      'a hash in the manifest that is not of its query',
      () => {
        const files = bundleFiles(some, key);
        return zipped(files, manifestOf(files, key, { querySha256: '0'.repeat(64) }));
      },
      ['manifest'],
    ],
    [
      'another count in the manifest than there are entries',
      () => {
        const files = bundleFiles(some, key);
        return zipped(files, manifestOf(files, key, { count: 9 }));
      },
      ['manifest'],
    ],
    [
      'a manifest that was made anew and not signed',
      () => {
        const files = bundleFiles(some, key);
        const [, note] = manifestOf(files, key);
        const [manifest] = manifestOf(files.set('README.md', 'changed'), key);
        return zipped(files, [manifest!, note!]);
      },
      ['manifest'],
    ],
    [
      'a manifest that another key signed',
      () => {
        const files = bundleFiles(some, key);
        return zipped(files, manifestOf(files, newKey()));
      },
      ['unknown-key'],
    ],
    [
      'a value that is not in its disclosure',
      () =>
        changed((files) => {
          const entries = files.get('entries.ndjson') ?? '';
          const shown = '"disclosures":[{"name":"actor.oid","value":"somebody else","encoded":"$1"}';
          return files.set('entries.ndjson', entries.replace(/"disclosures":\["([^"]+)"/, shown));
        }),
      ['disclosure 100'],
    ],
    [
      'a policy of another hash',
      () => changed((files) => files.set(`policies/${'0'.repeat(64)}.yaml`, 'x')),
      ['policy'],
    ],
  ])('is refused with %s', async (_what, content, found) => {
    expect(await bundle(content())).toEqual([1, ...found]);
  });
});

describe('anything else', () => {
  it.each([
    ['no command', []],
    ['a file that is not there', ['database', 'no-such-file.db']],
    ['a key that is none', ['export', 'package.json', '--vkey', 'x']],
    ['a .zip that is none', ['bundle', 'package.json']],
    ['a database that is none', ['database', 'package.json']],
  ])('is refused as unreadable: %s', async (_what, args) => {
    expect((await verifyHere(...args)).exitCode).toBe(2);
  });
});
