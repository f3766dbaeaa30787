import { leafHash, signCheckpoint } from '#tlog';
import { corpusSize } from './corpus-size.ts';
import type { Tampering } from './entry-tamperings.ts';
import { newKey, origin } from './real-log.ts';
import { flipped, type TamperedLog } from './tampered-log.ts';

const stranger = newKey();

/** Where level 1 of the edge begins: each level is a count and its hashes. */
const edgeLevel1 = 1 + 188 * 32;

const flipHead = async (log: TamperedLog, column: 'edge' | 'root', at: number) =>
  log.setHead(column, flipped(await log.head(column), at));

/** What can be done to hashes, tiles and head. */
export const treeTamperings: readonly Tampering[] = [
  [
    'a flipped bit in a stored leaf hash',
    async (log) => log.setTile(1, flipped(await log.tile(1), 32 * 5)),
    ['leaf-hash 261'],
  ],
  ['a flipped bit in the edge', (log) => flipHead(log, 'edge', edgeLevel1 + 1), ['edge']],
  ['a flipped bit in an edge leaf hash', (log) => flipHead(log, 'edge', 1), ['leaf-hash 512']],
  ['a flipped bit in the root', (log) => flipHead(log, 'root', 3), ['root']],
  ['a missing tile', (log) => log.sql('delete from audit_tile where level = 0 and idx = 1'), ['tile-missing']],
  [
    'a tile that cannot be full',
    (log) => log.sql('update audit_tile set idx = 2 where idx = 1'),
    ['tile-missing', 'tile-surplus'],
  ],
  [
    'bytes after a tile',
    async (log) => log.setTile(1, Buffer.concat([await log.tile(1), Buffer.of(0)])),
    ['trailing-bytes'],
  ],
  [
    'bytes after the edge',
    async (log) => log.setHead('edge', Buffer.concat([await log.head('edge'), Buffer.of(0)])),
    ['edge'],
  ],
  [
    'bytes after the checkpoint',
    async (log) => log.setHead('checkpoint', `${await log.checkpoint()}x`),
    ['checkpoint-malformed'],
  ],
  ['a checkpoint that was taken away', (log) => log.setHead('checkpoint', null), ['checkpoint-missing']],
  [
    'a flipped bit in the signature',
    async (log) => {
      const text = await log.checkpoint();
      const at = text.lastIndexOf(' ') + 20;
      await log.setHead('checkpoint', text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
    },
    ['signature'],
  ],
  [
    'a size that no log has',
    async (log) => {
      await log.setHead('size', 2 ** 53 - 1);
      const text = await log.checkpoint();
      await log.setHead('checkpoint', text.replace(`\n${corpusSize}\n`, `\n${2 ** 53 - 1}\n`));
    },
    ['signature', `truncated ${corpusSize}-${2 ** 53 - 2}`],
  ],
  [
    'an entry and its tile forged together',
    async (log) => {
      const tile = await log.tile(0);
      tile.set(leafHash(await log.rewrite(17)), 17 * 32);
      await log.setTile(0, tile);
    },
    ['forged 0-255'],
  ],
  [
    'an entry forged with everything above it but the checkpoint',
    async (log) => {
      await log.rewrite(17);
      await log.rederive();
    },
    ['root'],
  ],
  [
    'an entry forged with everything above it, under the old signature',
    async (log) => {
      await log.rewrite(17);
      const { root } = await log.rederive();
      const [, signatures = ''] = (await log.checkpoint()).split('\n\n');
      const text = `${origin}\n${corpusSize}\n${Buffer.from(root).toString('base64')}\n`;
      await log.setHead('checkpoint', `${text}\n${signatures}`);
    },
    ['signature'],
  ],
  [
    'an entry forged with everything above it, signed by another key',
    async (log) => {
      await log.rewrite(17);
      await log.setHead('checkpoint', signCheckpoint(await log.rederive(), stranger.signer));
    },
    ['unknown-key'],
  ],
  [
    'the log of another origin',
    async (log) => {
      const name = 'other.example/audit/corpus';
      await log.setHead('origin', name);
      await log.setHead('checkpoint', (await log.checkpoint()).replaceAll(origin, name));
    },
    ['origin', 'unknown-key', ...Array.from({ length: corpusSize }, (_, at) => `leaf-origin ${at}`)],
  ],
];
