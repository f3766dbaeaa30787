// An IdleCrowd in a process of its own, so that whoever measures beside it does not hold its connections; it lives as
// long as its parent lets it. See crowd.ts.
import { setTimeout } from 'node:timers/promises';
import type { CrowdOptions, CrowdSize } from './crowd.ts';
import { IdleCrowd } from './idle-crowd.ts';

process.once('disconnect', () => process.exit());
process.once('message', (options: CrowdOptions) => {
  void gather(options);
});

/** Tells of its size when each slow client has been cut once, and then whenever it is asked. */
async function gather({ url, idle, slow }: CrowdOptions): Promise<void> {
  const crowd = new IdleCrowd(url);
  const opened = await crowd.stayIdle(idle);
  crowd.beSlow(slow);
  while (crowd.cuts < slow) await setTimeout(100);
  const tell = () => process.send?.({ opened, open: crowd.open, cuts: crowd.cuts } satisfies CrowdSize);
  process.on('message', tell);
  tell();
}
