import { randomUUID } from 'node:crypto';
import { AuditLog, DirectoryAnchor } from '#audit';
import { buildVersion, type Config } from '#config';
import type { Clock } from '#kernel';
import type { Store } from '#store';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Inputs } from './read-inputs.ts';

interface Parts {
  readonly config: Config;
  readonly inputs: Pick<Inputs, 'logKey' | 'previousKey' | 'disclosureKey' | 'anchors'>;
  readonly store: Store;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** Opens the log that the configuration names, held to what its anchors remember. Throws as `AuditLog.open` does. */
export function openLog({ config, inputs, store, telemetry, clock }: Parts): Promise<AuditLog> {
  const { origin } = config.log;
  const { logKey, previousKey, disclosureKey, anchors } = inputs;
  return AuditLog.open({
    store: store.log(origin),
    clock,
    origin,
    key: logKey,
    ...(previousKey !== undefined && { previousKey }),
    disclosureKey,
    memories: anchors.filter((anchor) => anchor instanceof DirectoryAnchor),
    instance: randomUUID(),
    build: buildVersion,
    onCommit: (entries, millis) => {
      telemetry.audit.committed(entries, millis);
    },
  });
}
