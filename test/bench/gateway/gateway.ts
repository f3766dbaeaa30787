import { circumstances, type Scenario } from '../scenario.ts';
import { manyInFlight } from './in-flight.ts';
import { sideBySide } from './side-by-side.ts';
import { starting } from './starting.ts';

/** What a pause costs on its whole way, beside what others use in our place. */
export const gateway: Scenario = async ({ rounds }) => {
  const peers = await sideBySide(rounds);
  const crowd = await manyInFlight();
  const starts = await starting(rounds);
  return [
    '## Gateway',
    '### A pause, side by side',
    `${howMeasured(rounds)} ${circumstances()}.`,
    peers,
    '### Many requests in flight',
    crowd,
    '### Start and memory',
    `From the start of the process until it is ready for requests, with an empty log. Median of ${rounds} starts; memory is what the process has in RAM three seconds later.`,
    starts,
  ].join('\n\n');
};

const howMeasured = (rounds: number): string =>
  `All peers get the same requests: pauses by 50 callers with a token each, from autocannon in a process of its own over 64 connections. All send them on to the same upstream, which stands in Graph's place and answers at once over TLS. Interlock judges a policy of 200 rules and keeps both of its audit records and one log line per request; the audited peer inserts two plain rows. CPU is that of the gateway's process with all its threads, as the operating system counts it (a PostgreSQL server's is not in it). The peers take turns; the figures are medians of ${rounds} rounds after a warm-up, and each ratio is the median of the ratios within a round. Load, upstream, database and gateway share the machine, so that milliseconds and requests per second say more about it than about a gateway: the ratios count.`;
