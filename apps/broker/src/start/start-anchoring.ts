import { randomUUID } from 'node:crypto';
import { type Anchor, Anchoring, type AuditLog, LogStanding } from '#audit';
import type { Clock } from '#kernel';
import type { Store } from '#store';
import type { Logger } from 'pino';
import type { Ending } from './ending.ts';

interface Parts {
  readonly store: Store;
  readonly log: AuditLog;
  readonly anchors: readonly Anchor[];
  readonly everyMillis: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What keeps the log's checkpoints elsewhere, before it does so. */
export interface PreparedAnchoring {
  readonly standing: LogStanding;
  /** Begins to anchor, until the ending. */
  begin(ending: Ending): void;
}

/** Asks the witnesses whether the log went back, and throws AuditLogError `log_head_regressed` when it did. */
export async function prepareAnchoring(parts: Parts): Promise<PreparedAnchoring> {
  const { log, anchors, clock, store, logger } = parts;
  const states = store.anchors(log.origin);
  const standing = new LogStanding(log, states, anchors, clock);
  const anchoring = new Anchoring({
    ...parts,
    standing,
    store: states,
    leases: store.leases,
    owner: randomUUID(),
    onTrouble: (error) => {
      logger.warn({ err: error }, 'could not anchor the log now');
    },
  });
  await anchoring.assertWitnessed();
  const begin = (ending: Ending): void => {
    const stopping = new AbortController();
    const ended = anchoring.keepAnchoring(stopping.signal);
    ending.add(async () => {
      stopping.abort();
      await ended;
    });
  };
  return { standing, begin };
}
