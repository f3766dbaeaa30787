import { CodedError } from '#kernel';

/** The path names no tile, or one that the log does not have yet. */
export class TileUnknown extends CodedError {
  override readonly code = 'tile_unknown';

  constructor() {
    super('The log has no such tile.');
  }
}
