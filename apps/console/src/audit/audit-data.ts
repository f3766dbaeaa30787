import { useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, nextCursor, type ReplyOf } from '../api/client.ts';
import { ApiProblem, problemOf } from '../api/problem.ts';
import { type TrustedLog, useTrustedLog } from '../log/trusted-log.ts';
import { fromBase64 } from '../proof/bytes.ts';
import { type LeafEvent, readLeaf } from '../proof/leaf.ts';
import { ProofError } from '../proof/proof-error.ts';
import { judgeEntry, type ShownColumns, type Verdict, worstOf } from '../proof/verdict.ts';

export type Operation = ReplyOf<'listAuditOperations'>['items'][number];
export type WholeOperation = ReplyOf<'readAuditOperation'>;
type Entry = ReplyOf<'listAuditEvents'>['items'][number];

/** Each look at the log is an entry in it, so nothing is asked again by itself. */
const once = { staleTime: Infinity, gcTime: 300_000, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

/** Fits a screen several times over, and its entries one page of events. */
const pageLength = 100;
const maxEvents = 1_000;

/** The operations that a query finds, newest first, page by page. */
export function useOperations(q: string) {
  return useInfiniteQuery({
    queryKey: ['operations', q],
    queryFn: async ({ pageParam, signal }) => {
      const page = await nextFound(q, pageParam, signal);
      return { ...page, events: await leavesAround(page.items) };
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    ...once,
  });
}

/** The next page on which there is anything: of a long log each looks through a part, and may be empty. */
async function nextFound(q: string, from: string, signal: AbortSignal) {
  for (let cursor = from; ;) {
    const query = { q, limit: pageLength, ...(cursor !== '' && { cursor }) };
    const { data, error, response } = await api.GET('/api/audit/operations', { params: { query }, signal });
    if (data === undefined) throw problemOf(response.status, error);
    const next = nextCursor(response);
    if (data.items.length > 0 || next === undefined) return { ...data, next };
    cursor = next;
  }
}

/** One operation whole, for its own page. */
export function useOperation(eventId: string): UseQueryResult<WholeOperation> {
  return useQuery({
    queryKey: ['operation', eventId],
    queryFn: () => bodyOf(api.GET('/api/audit/operations/{eventId}', { params: { path: { eventId } } })),
    ...once,
  });
}

/** Exact bytes by index of entry. */
export type Leaves = ReadonlyMap<number, string>;

/** The entries of these operations, with one read where they stand close together; else those that can be had so. */
async function leavesAround(operations: readonly Operation[]): Promise<Leaves> {
  const indexes = operations.flatMap(({ index, following }) => [index, ...following.map((event) => event.index)]);
  if (indexes.length === 0) return new Map();
  const [first, last] = [Math.min(...indexes), Math.max(...indexes)];
  const query = { q: `index:${Math.max(first, last - maxEvents + 1)}..${last}`, limit: maxEvents };
  const { items } = await bodyOf(api.GET('/api/audit/events', { params: { query } }));
  return new Map(items.map(({ index, leaf }) => [index, leaf]));
}

/** What an operation's row says and whether that is so. */
export interface CheckedOperation {
  readonly event: LeafEvent | undefined;
  readonly verdict: Verdict;
}

/** Checks each entry of an operation against the log that this browser opened. */
export function useChecked(operation: Operation, leaves: Leaves, size: number): CheckedOperation {
  const { data: log, error } = useTrustedLog(size);
  const leaf = leaves.get(operation.index);
  const bytes = leaf === undefined ? undefined : fromBase64(leaf);
  const { data: verdict } = useQuery({
    queryKey: ['verdict', operation.eventId, size, operation.following.length],
    queryFn: () => judgeOperation(operation, leaves, log),
    enabled: log !== undefined,
    ...once,
  });
  const failed: Verdict | undefined =
    error instanceof ProofError ? { kind: 'mismatch', why: error.message } : undefined;
  return {
    event: bytes && readLeaf(bytes),
    verdict: failed ?? verdict ?? { kind: 'pending' },
  };
}

async function judgeOperation(operation: Operation, leaves: Leaves, log: TrustedLog | undefined): Promise<Verdict> {
  if (log === undefined) return { kind: 'pending' };
  const shown = [
    { index: operation.index, columns: columnsOf(operation) },
    ...operation.following.map(({ index, eventId, type, time, outcome }) => ({
      index,
      columns: { eventId, type, time, outcome, parent: operation.eventId },
    })),
  ];
  const verdicts = await Promise.all(
    shown.map(async ({ index: at, columns: told }): Promise<Verdict> => {
      const leaf = leaves.get(at) ?? (await leafAt(at));
      return leaf === undefined ? { kind: 'pruned' } : judgeLeaf(at, leaf, log, told);
    }),
  );
  return worstOf(verdicts);
}

/** Checks the bytes of one entry, and what is shown of it where something is. */
export async function judgeLeaf(index: number, leaf: string, log: TrustedLog, shown?: ShownColumns): Promise<Verdict> {
  const bytes = fromBase64(leaf);
  if (bytes === undefined) return { kind: 'mismatch', why: `Entry ${index} came as something that is no entry.` };
  const entry = { index, leaf: bytes, event: readLeaf(bytes), ...(shown !== undefined && { shown }) };
  return judgeEntry(entry, log.tree, log.anchoredSize);
}

/** The copies that a row shows of the event that began it. */
function columnsOf(operation: Operation): ShownColumns {
  const { eventId, type, time, actor, application, action, servicePrincipalId, jobId, decision, rule, ticket } =
    operation;
  return { eventId, type, time, actor, application, action, servicePrincipalId, jobId, decision, rule, ticket };
}

/** Bytes of an entry that stands far from the others; undefined when it was pruned. */
async function leafAt(index: number): Promise<string | undefined> {
  try {
    return (await readEntry(index)).leaf;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 410) return undefined;
    throw error;
  }
}

/** An entry with what became of its personal fields. */
export function readEntry(index: number): Promise<Entry & { personal: { kept: string[]; erased: number } }> {
  return bodyOf(api.GET('/api/audit/events/{index}', { params: { path: { index } } }));
}
