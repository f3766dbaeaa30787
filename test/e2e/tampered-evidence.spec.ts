import { hash } from 'node:crypto';
import { BundleChecks, type BundleContents, receiveEvidence, textOf, unpacked } from '../support/evidence-bundle.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { newKey } from '../verifier/real-log.ts';

let interlock: Interlock;
let checks: BundleChecks;
/** A pause and one that was denied: the fewest entries of two kinds, because each is checked many times. */
let pauses: BundleContents;

beforeAll(async () => {
  interlock = await Interlock.start();
  const { url } = await interlock.broker();
  const token = await interlock.hrPortal();
  for (const body of [goodJustification, {}]) await call(url + pausePath, { method: 'POST', token, body });
  const asked = { query: 'action:pause -type:read.intent', purpose: 'Case 4711' };
  pauses = await unpacked(await receiveEvidence(url, await interlock.reviewer(), asked));
  checks = new BundleChecks(String((await call(`${url}/log/vkey`)).data).trimEnd());
});
afterAll(async () => {
  checks.remove();
  await interlock.stop();
});

describe('a bundle that was tampered with', () => {
  const anyPath = (start: string) => [...pauses.keys()].find((path) => path.startsWith(start)) ?? '';
  const changed = (path: string, change: (text: string) => string) =>
    new Map(pauses).set(path, Buffer.from(change(textOf(pauses, path))));
  const without = (path: string) => new Map([...pauses].filter(([name]) => name !== path));
  /** Another leaf in the first line, and as before what is shown of it. */
  const inLeaf = (text: string) =>
    text.replace(/"leaf":"([^"]+)"/, (_, leaf: string) => {
      const other = Buffer.from(leaf, 'base64').toString().replace('"v":1', '"v":2');
      return `"leaf":"${Buffer.from(other).toString('base64')}"`;
    });

  it.each<readonly [string, () => BundleContents, readonly string[], readonly string[]]>([
    [
      'the readme',
      () => changed('README.md', (text) => text.replace('Evidence', 'Evidents')),
      ['file-hash'],
      ['file-hash'],
    ],
    ['the script', () => changed('verify.sh', (text) => `${text}# more\n`), ['file-hash'], ['file-hash']],
    [
      'the size in the checkpoint',
      () => changed('checkpoint', (text) => text.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1000}\n`)),
      ['file-hash', 'footer', 'inclusion', 'manifest', 'signature'],
      ['file-hash', 'inclusion', 'signature'],
    ],
    [
      'a signature of the checkpoint',
      () => changed('checkpoint', (text) => text.replace(/.{8}(.{20}\n)$/, 'AAAAAAAA$1')),
      ['file-hash', 'footer', 'signature'],
      ['file-hash', 'signature'],
    ],
    [
      'the key',
      () => changed('trust.json', (text) => text.replace('"fromSize":0', '"fromSize":1')),
      ['file-hash'],
      ['file-hash'],
    ],
    [
      'a leaf',
      () => changed('entries.ndjson', inLeaf),
      ['event', 'file-hash', 'inclusion'],
      ['event', 'file-hash', 'inclusion'],
    ],
    [
      'an event as it is shown',
      () => changed('entries.ndjson', (text) => text.replace('"event":{"', '"event":{"in')),
      ['event', 'file-hash'],
      ['event', 'file-hash'],
    ],
    [
      'an entry left out',
      () => changed('entries.ndjson', (text) => text.replace(/^.*\n/, '')),
      ['count', 'file-hash', 'manifest'],
      ['count', 'file-hash'],
    ],
    [
      'the count',
      () =>
        changed('entries.ndjson', (text) =>
          text.replace(/\{"count":(\d+)/, (_, count) => `{"count":${Number(count) + 1}`),
        ),
      ['count', 'file-hash', 'footer'],
      ['count', 'file-hash', 'signature'],
    ],
    [
      'a hash in a proof',
      () => changed(anyPath('proofs/'), (text) => text.replace(/(index \d+\n)..../, '$1AAAA')),
      ['file-hash', 'inclusion'],
      ['file-hash', 'inclusion'],
    ],
    [
      'a proof for another entry',
      () =>
        new Map(pauses).set(
          anyPath('proofs/'),
          pauses.get([...pauses.keys()].findLast((path) => path.startsWith('proofs/'))!)!,
        ),
      ['file-hash', 'inclusion'],
      ['file-hash', 'inclusion'],
    ],
    ['no proof', () => without(anyPath('proofs/')), ['file-missing', 'proof-missing'], ['file-hash', 'proof-missing']],
    [
      'a policy',
      () => changed(anyPath('policies/'), (text) => text.replace('deny', 'dent')),
      ['file-hash', 'policy'],
      ['file-hash', 'policy'],
    ],
    [
      'the query in the manifest',
      () => changed('manifest.json', (text) => text.replace('"query": "', '"query": "-')),
      ['manifest'],
      ['manifest'],
    ],
    [
      'the statement about the manifest',
      () => changed('manifest.note', (text) => text.replace(/manifest ..../, 'manifest AAAA')),
      ['manifest'],
      ['manifest', 'signature'],
    ],
    ['a file more', () => new Map(pauses).set('proofs/more', Buffer.from('')), ['file-unlisted'], ['file-unlisted']],
  ])('is refused by both for %s, each with its reason', async (_what, tampered, byVerifier, byScript) => {
    expect(await checks.byVerifier(tampered())).toEqual({ exitCode: 1, reasons: byVerifier });
    await checks.expectOfScript(tampered(), 1, byScript);
  });

  it('is refused with a manifest that was made anew to fit, which nobody signed', async () => {
    const files = new Map(pauses).set('README.md', Buffer.from('All is well.'));
    const fitting = textOf(pauses, 'manifest.json').replace(
      hash('sha256', pauses.get('README.md')!),
      hash('sha256', 'All is well.'),
    );
    files.set('manifest.json', Buffer.from(fitting));

    expect(await checks.byVerifier(files)).toEqual({ exitCode: 1, reasons: ['manifest'] });
    await checks.expectOfScript(files, 1, ['manifest']);
  });

  it('is refused by both under another key, though it fits together', async () => {
    const strangers = new BundleChecks(newKey('broker.example/audit/test').vkey);

    expect(await strangers.byVerifier(pauses)).toEqual({ exitCode: 1, reasons: ['trust', 'unknown-key'] });
    await strangers.expectOfScript(pauses, 1, ['signature']);
    strangers.remove();
  });

  it('is refused by both for one other bit of any file but the script itself, wherever it is', async () => {
    const unnoticed: string[] = [];
    const judge = async (path: string, content: Buffer, at: number): Promise<void> => {
      const flipped = Buffer.from(content);
      const position = (at * 7919 + 13) % content.length;
      flipped[position] = content[position]! ^ (1 << (at % 8));
      const files = new Map(pauses).set(path, flipped);
      const { exitCode } = await checks.byVerifier(files);
      if (exitCode !== 1) unnoticed.push(`interlock-verify, byte ${position} of ${path}`);
      if ((await checks.byScript(files))?.exitCode === 0) unnoticed.push(`verify.sh, byte ${position} of ${path}`);
    };
    const others = [...pauses.keys()].filter((path) => path.startsWith('proofs/')).slice(1);
    const judged = [...pauses].filter(([path]) => path !== 'verify.sh' && !others.includes(path));
    await Promise.all(judged.map(([path, content], at) => judge(path, content, at)));
    expect(unnoticed).toEqual([]);
  });
});
