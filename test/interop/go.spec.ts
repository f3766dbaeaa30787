import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signCheckpoint } from '#tlog';
import { TestWitness } from '../support/witness.ts';
import { SomeTree } from './some-tree.ts';

/** Where Debian puts golang-golang-x-mod-dev. */
const gopath = '/usr/share/gocode';
const hasGo = spawnSync('go', ['version']).status === 0 && existsSync(join(gopath, 'src/golang.org/x/mod'));
const folder = mkdtempSync(join(tmpdir(), 'interlock-go-'));
const program = join(folder, 'interop');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What the Go program says of a log; by default one that is as it should be. */
async function goSays(tree: SomeTree, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const [index, oldSize] = [tree.size - 3, Math.ceil(tree.size / 2)];
  const text = (list: readonly Uint8Array[]) => list.map((bytes) => Buffer.from(bytes).toString('base64'));
  const input = {
    vkey: tree.vkey,
    checkpoint: tree.checkpoint,
    oldSize,
    oldRoot: text([await tree.rootAt(oldSize)])[0],
    growth: text(await tree.growth(oldSize)),
    index,
    inclusion: text(await tree.inclusion(index)),
    leaves: text(tree.leaves),
    ...changes,
  };
  return spawnSync(program, { input: JSON.stringify(input), encoding: 'utf8' }).stdout.trim();
}

// The runner says loudly when this cannot run here; see tools/test.mjs.
(hasGo ? describe : describe.skip)('golang.org/x/mod', () => {
  beforeAll(() => {
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: gopath, GOFLAGS: '', GOTOOLCHAIN: 'local' };
    const source = join(import.meta.dirname, 'go', 'main.go');
    const built = spawnSync('go', ['build', '-o', program, source], { env, encoding: 'utf8' });
    expect(built.stderr).toBe('');
  }, 300_000);

  it.each([3, 4, 255, 256, 257, 700])('verifies note, tree and proofs of a log of %d entries', async (size) => {
    expect(await goSays(new SomeTree(size))).toBe('verified');
  });

  it('opens a checkpoint that witnesses cosigned, whose lines it does not know, and one of a key and its successor', async () => {
    const tree = new SomeTree(300);
    const witness = await TestWitness.start();
    const cosigned = tree.checkpoint + witness.cosign(`${tree.checkpoint.split('\n\n', 1).join()}\n`);
    await witness.close();
    expect(await goSays(tree, { checkpoint: cosigned })).toBe('verified');

    const successor = new SomeTree(1).signer;
    const both = signCheckpoint({ size: 300, root: tree.root }, tree.signer, successor);
    expect(await goSays(tree, { checkpoint: both })).toBe('verified');
    expect(await goSays(tree, { checkpoint: both, vkey: successor.verifier.vkey })).toBe('verified');
  });

  it('refuses a changed leaf, proof, signature or key, so that its word means something', async () => {
    const tree = new SomeTree(300);
    const other = Buffer.alloc(32, 7).toString('base64');
    const leaves = tree.leaves.map((leaf, index) => Buffer.from(index === 5 ? '{}' : leaf).toString('base64'));
    expect(await goSays(tree, { leaves })).toMatch(/^refused: rehash/);
    expect(await goSays(tree, { inclusion: [other] })).toMatch(/^refused: inclusion/);
    expect(await goSays(tree, { growth: [other] })).toMatch(/^refused: consistency/);
    expect(await goSays(tree, { checkpoint: tree.checkpoint.replace('\n300\n', '\n301\n') })).toMatch(/^refused: note/);
    expect(await goSays(tree, { vkey: new SomeTree(3).vkey })).toMatch(/^refused: note/);
  });
});
