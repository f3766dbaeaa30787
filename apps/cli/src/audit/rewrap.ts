import { DisclosureKey, type Sanction } from '#audit';
import type { Terminal } from '../terminal.ts';
import { readText, type Surroundings, workOnLog } from './log-work.ts';

/** Wraps all data keys by another disclosure key. Afterwards every broker has to be started with that one. */
export async function rewrap(
  surroundings: Surroundings,
  newKeyFile: string,
  sanction: Sanction,
  terminal: Terminal,
): Promise<void> {
  const next = DisclosureKey.parse(readText(newKeyFile));
  const count = await workOnLog(surroundings, ({ maintenance, disclosureKey }) =>
    maintenance.rewrap(next, (ref, wrapped) => disclosureKey.rewrap(ref, wrapped, next)),
  );
  // The record has personal fields of its own, which need the new key.
  await workOnLog(surroundings, ({ log }) => log.record({ type: 'privacy.rewrapped', count, sanction }), next);
  terminal.out(`${count} data keys are wrapped by the new key; start every broker with it\n`);
}
