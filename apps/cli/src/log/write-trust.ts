import { writeFileSync } from 'node:fs';
import { storedKeyHistory } from '#audit';
import { inspectStore } from '#store';
import type { Terminal } from '../terminal.ts';
import { type LogSetup, NotRunnable } from './log-setup.ts';

/** Writes the log's trust file, from its own entries, to a file or the terminal. May run beside the broker. */
export async function writeTrust(setup: LogSetup, output: string | undefined, terminal: Terminal): Promise<void> {
  const { origin, databaseUrl, keys } = setup;
  const store = await inspectStore(databaseUrl);
  const head = store === 'absent' ? undefined : await store.head(origin);
  if (store === 'absent' || head === undefined) throw new NotRunnable(`There is no log named ${origin} yet`);
  try {
    const trust = `${JSON.stringify(await storedKeyHistory(head, store.log(origin), keys), undefined, 2)}\n`;
    if (output === undefined) terminal.out(trust);
    else writeFileSync(output, trust);
  } finally {
    await store.close();
  }
}
