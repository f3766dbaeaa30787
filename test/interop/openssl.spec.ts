import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SomeTree } from './some-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-openssl-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Takes a checkpoint apart with coreutils and asks openssl; prints the key id that the signature line names. */
const script = `set -eu
head -n 3 checkpoint > text
sed -n '5s/.* //p' checkpoint | base64 -d > blob
head -c 4 blob | od -An -tx1 | tr -d ' \\n'
tail -c 64 blob > signature
openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in text -sigfile signature >&2`;

function opensslSays(checkpoint: string, publicKey: string) {
  writeFileSync(join(folder, 'checkpoint'), checkpoint);
  writeFileSync(join(folder, 'key.pem'), publicKey);
  const { status, stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  return { verified: status === 0, keyId: stdout };
}

describe('openssl and coreutils', () => {
  it('verify a checkpoint of ours', () => {
    const tree = new SomeTree(300);
    expect(opensslSays(tree.checkpoint, tree.publicKey)).toEqual({ verified: true, keyId: tree.signer.verifier.keyId });
  });

  it('refuse another size and another key', () => {
    const tree = new SomeTree(300);
    const forged = tree.checkpoint.replace('\n300\n', '\n301\n');
    expect(opensslSays(forged, tree.publicKey)).toMatchObject({ verified: false });
    expect(opensslSays(tree.checkpoint, new SomeTree(3).publicKey)).toMatchObject({ verified: false });
  });
});
