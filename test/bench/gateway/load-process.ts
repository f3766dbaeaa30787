// Sends pauses with autocannon, in a process of its own; options and figures go over IPC. See load.ts.
import autocannon from 'autocannon';
import type { LoadFigures, LoadOptions } from './load.ts';

process.once('message', (options: LoadOptions) => {
  void run(options);
});

async function run({ url, ca, connections, seconds, amount, requests }: LoadOptions): Promise<void> {
  let clients = 0;
  const result = await autocannon({
    url,
    connections,
    ...(seconds !== undefined && { duration: seconds }),
    ...(amount !== undefined && { amount }),
    timeout: 120,
    ...(url.startsWith('https:') && { tlsOptions: { ca } }),
    // Each connection begins with another caller.
    setupClient: (client) => {
      const first = clients++ % requests.length;
      client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
    },
  });
  const { latency } = result;
  const figures: LoadFigures = {
    accepted: result['2xx'],
    failed: result.errors + result.non2xx,
    statuses: Object.fromEntries(
      Object.entries(result.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count]),
    ),
    perSecond: result['2xx'] / result.duration,
    seconds: result.duration,
    p50: latency.p50,
    p90: latency.p90,
    p99: latency.p99,
  };
  process.send?.(figures);
}
