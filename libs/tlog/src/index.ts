export { canonicalJson } from './canonical-json.ts';
export {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  type OpenedCheckpoint,
  parseDecimal,
  signCheckpoint,
  type TreeHead,
} from './checkpoint.ts';
export { type Cosignature, CosignatureVerifier } from './cosignature.ts';
export { emptyRoot, equalHashes, hashBytes, leafHash, nodeHash } from './merkle-hash.ts';
export { NoteSigner, NoteVerifier } from './note-key.ts';
export {
  formatGrowthProof,
  formatTlogProof,
  type GrowthProof,
  parseGrowthProof,
  parseTlogProof,
  type TlogProof,
} from './proof-text.ts';
export { type Growth, RightEdge } from './right-edge.ts';
export { type OpenedNote, openNote, signNote } from './signed-note.ts';
export { entryBundle, parseTilePath, type Tile, tileBytes, type TileName, tilePath, tileWidth } from './tile.ts';
export { TlogError, type TlogErrorCode } from './tlog-error.ts';
export { type ReadTile, TreeHashes } from './tree-hashes.ts';
export { isKeyName } from './vkey.ts';
export { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from './verify-proof.ts';
