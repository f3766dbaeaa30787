import { checkDatabase } from '../../apps/verifier/src/database/check-database.ts';
import { addressOf, openRows } from '../../apps/verifier/src/database/open-rows.ts';
import type { RowSource } from '../../apps/verifier/src/database/row-source.ts';
import { openCheckpoint } from '../../apps/verifier/src/note/checkpoint.ts';
import { Trust } from '../../apps/verifier/src/note/trust.ts';
import { TrustedKey } from '../../apps/verifier/src/note/trusted-key.ts';
import { Report, type Result } from '../../apps/verifier/src/report/report.ts';
import type { TestKey } from './real-log.ts';

type TrustedTestKey = Pick<TestKey, 'vkey' | 'disclosureKeyText'>;

/**
 * What `interlock-verify database --disclosure-key-file` finds, without the start of a process for each of many checks.
 */
export async function checkAddress(
  address: string,
  key: TrustedTestKey,
  seen: readonly string[] = [],
): Promise<Result> {
  const rows = await openRows(addressOf(address));
  try {
    return await checkRows(rows, key, seen);
  } finally {
    await rows.close();
  }
}

/** The same of rows that are open. */
export async function checkRows(
  rows: RowSource,
  { vkey, disclosureKeyText }: TrustedTestKey,
  seen: readonly string[] = [],
): Promise<Result> {
  const report = new Report();
  const trust = Trust.of([TrustedKey.parse(vkey)]);
  const older = seen.flatMap((text) => openCheckpoint(text, trust, report) ?? []);
  await checkDatabase(rows, trust, older, report, disclosureKeyText);
  return report.result();
}
