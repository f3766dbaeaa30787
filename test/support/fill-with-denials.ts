import { readFileSync } from 'node:fs';
import { AuditLog, DisclosureKey, LogKey } from '#audit';
import { SystemClock } from '#kernel';
import { openStore } from '#store';
import { someApplication, someRequest } from '#testing';

/** Writes so many denials into the log of a broker that does not run yet, as it would write them itself. */
export async function fillWithDenials(environment: Readonly<Record<string, string>>, entries: number): Promise<void> {
  const { DATABASE_URL = '', INTERLOCK_LOG_ORIGIN: origin = '', INTERLOCK_LOG_KEY_FILE = '' } = environment;
  const { INTERLOCK_DISCLOSURE_KEY_FILE = '' } = environment;
  const clock = new SystemClock();
  const store = await openStore(DATABASE_URL, clock);
  const key = LogKey.parse(origin, readFileSync(INTERLOCK_LOG_KEY_FILE, 'utf8'));
  const log = await AuditLog.open({
    store: store.log(origin),
    clock,
    origin,
    key,
    disclosureKey: DisclosureKey.parse(readFileSync(INTERLOCK_DISCLOSURE_KEY_FILE, 'utf8')),
    instance: 'filler',
    build: 'test',
    appendTimeoutMs: 60_000,
  });
  const decision = { effect: 'deny', denyCode: 'no_matching_rule', policySha256: '0'.repeat(64), trace: [] } as const;
  const denied = {
    type: 'request.denied',
    request: someRequest(),
    caller: someApplication(),
    decision,
    status: 403,
  } as const;
  for (let left = entries; left > 0; left -= 1000) {
    await Promise.all(Array.from({ length: Math.min(left, 1000) }, () => log.record(denied)));
  }
  await log.close();
  await store.close();
}
