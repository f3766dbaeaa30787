import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type ReplyOf } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';

export type PolicyView = ReplyOf<'readPolicy'>;
export type WhoCan = ReplyOf<'whoCan'>;
export type Explanation = ReplyOf<'explainPolicy'>;
export type PolicyDiff = ReplyOf<'diffPolicy'>;
export type Action = 'read' | 'pause' | 'start';

export const actions: readonly Action[] = ['read', 'pause', 'start'];

/** Each answer about the policy is recorded, so nothing is asked again by itself. */
const once = { staleTime: Infinity, refetchOnWindowFocus: false } as const;

/** The policy in force. */
export function usePolicy(): UseQueryResult<PolicyView> {
  return useQuery({ queryKey: ['policy'], queryFn: () => bodyOf(api.GET('/api/policy')), ...once });
}

/** Who may do each action to a job, in the order of {@link actions}. */
export function useWhoCan(job: string): readonly UseQueryResult<WhoCan>[] {
  return useQueries({
    queries: actions.map((action) => ({
      queryKey: ['who can', action, job],
      queryFn: () => bodyOf(api.GET('/api/policy/who-can', { params: { query: { action, job } } })),
      enabled: job !== '',
      ...once,
    })),
  });
}

/** What a request of this caller would come to. */
export function explain(body: {
  readonly caller: string;
  readonly action: Action;
  readonly job: string;
  readonly justification: { readonly reason?: string; readonly ticket?: string };
}): Promise<Explanation> {
  return bodyOf(api.POST('/api/policy/explain', { body }));
}

/** What the policy in that file would change. */
export async function diffWith(file: File): Promise<PolicyDiff> {
  const text = await file.text();
  const { data, error, response } = await api.POST('/api/policy/diff', {
    body: text,
    bodySerializer: (body) => body,
    headers: { 'content-type': 'application/yaml' },
  });
  if (data === undefined) throw problemOf(response.status, error);
  return data;
}

/** The names under a member of the policy file, such as its jobs. */
export function namesIn({ policy }: PolicyView, member: 'jobs' | 'callers'): readonly string[] {
  if (typeof policy !== 'object' || policy === null || !(member in policy)) return [];
  const found: unknown = (policy as Readonly<Record<string, unknown>>)[member];
  return typeof found === 'object' && found !== null ? Object.keys(found) : [];
}
