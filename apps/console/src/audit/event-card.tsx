import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { api } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import type { TrustedLog } from '../log/trusted-log.ts';
import { fromBase64 } from '../proof/bytes.ts';
import { readLeaf } from '../proof/leaf.ts';
import type { Verdict } from '../proof/verdict.ts';
import { VerdictBadge, verdictSentence } from '../proof/verdict-badge.tsx';
import { Time } from '../time/time.tsx';
import { judgeLeaf, readEntry, type WholeOperation } from './audit-data.ts';
import { download } from './download.ts';
import { EventFacts } from './event-facts.tsx';
import { sentenceOf } from './sentence.ts';

type Entry = WholeOperation['events'][number];

/** One event: a sentence, what the browser verified, the facts, and the exact bytes. */
export function EventCard({
  entry,
  log,
}: {
  readonly entry: Entry;
  readonly log: TrustedLog | undefined;
}): ReactElement {
  const bytes = fromBase64(entry.leaf);
  const event = bytes && readLeaf(bytes);
  const { data: verdict = { kind: 'pending' } as const } = useQuery({
    queryKey: ['entry verdict', entry.eventId, log?.checkpoint.size],
    queryFn: () => judged(entry, log),
    enabled: log !== undefined,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return (
    <li className="event">
      <div className="page-head">
        <h2>{event === undefined ? 'This entry is not an event' : sentenceOf(event)}</h2>
        <span className="spacer" />
        <VerdictBadge verdict={verdict} />
      </div>
      <p className="quiet">
        Entry {entry.index} · {event?.code} · {event?.time !== undefined && <Time at={event.time} />}
      </p>
      <p className="quiet">{verdictSentence(verdict)}</p>
      {event !== undefined && <EventFacts event={event} />}
      <details>
        <summary>Exact bytes, and their proof</summary>
        <pre tabIndex={0} aria-label={`Bytes of entry ${entry.index}`}>
          {bytes === undefined ? entry.leaf : new TextDecoder().decode(bytes)}
        </pre>
        <div className="page-head">
          <Button
            size="small"
            disabled={bytes === undefined}
            onClick={() => {
              if (bytes !== undefined) download(new Blob([bytes]), `entry-${entry.index}.json`);
            }}
          >
            Download the bytes
          </Button>
          <Button
            size="small"
            onClick={() => {
              void saveProof(entry.index);
            }}
          >
            Download the proof
          </Button>
        </div>
      </details>
    </li>
  );
}

/** The verdict, and whether personal fields of the entry were erased, which only its own page tells. */
async function judged(entry: Entry, log: TrustedLog | undefined): Promise<Verdict> {
  if (log === undefined) return { kind: 'pending' };
  const verdict = await judgeLeaf(entry.index, entry.leaf, log);
  if (verdict.kind !== 'anchored' && verdict.kind !== 'verified') return verdict;
  const { personal } = await readEntry(entry.index);
  return personal.erased > 0 ? { kind: 'erased', size: verdict.size, count: personal.erased } : verdict;
}

async function saveProof(index: number): Promise<void> {
  const { data, error, response } = await api.GET('/api/audit/events/{index}/proof', {
    params: { path: { index } },
    parseAs: 'text',
  });
  if (data === undefined) throw problemOf(response.status, error);
  download(new Blob([data]), `entry-${index}.tlog-proof`);
}
