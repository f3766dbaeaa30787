import { CodedError } from '#kernel';

/** No witness has cosigned a checkpoint of the log. */
export class CheckpointUnwitnessed extends CodedError {
  override readonly code = 'checkpoint_unwitnessed';

  constructor() {
    super('No witness has cosigned a checkpoint of this log yet. /log/checkpoint has the last one.');
  }
}
