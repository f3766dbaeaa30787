import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type ReplyOf } from '../api/client.ts';
import { stateWords } from './job-state.ts';

export type CatalogJob = ReplyOf<'listNamedJobs'>['items'][number] & { readonly alias: string };
export type Job = ReplyOf<'getJobByName'>;
export type Hold = ReplyOf<'listHolds'>['items'][number];
export type Standing = ReplyOf<'readMe'>;

/** A look at a job is recorded and asks Graph, so it is repeated only by people and when something is about to change. */
const lookedAt = { staleTime: 60_000, refetchOnWindowFocus: false } as const;

/** The jobs that this person may see. */
export function useCatalog(): UseQueryResult<readonly CatalogJob[]> {
  return useQuery({
    queryKey: ['jobs'],
    queryFn: async () => {
      const { items } = await bodyOf(api.GET('/api/jobs'));
      return items.flatMap((job) => (job.alias === undefined ? [] : [{ ...job, alias: job.alias }]));
    },
  });
}

/** What Graph says of a job now; not asked for an entry that stands for several jobs. */
export function useJob({ alias, jobId }: CatalogJob): UseQueryResult<Job> {
  return useQuery({
    queryKey: ['job', alias],
    queryFn: () => bodyOf(api.GET('/api/jobs/{alias}', { params: { path: { alias } } })),
    enabled: jobId !== undefined,
    // A job that drains is paused soon, and somebody waits for it.
    refetchInterval: ({ state: { data } }) => (data && stateWords(data).kind === 'draining' ? 15_000 : false),
    ...lookedAt,
  });
}

/** All holds that count and may be known. */
export function useHolds(): UseQueryResult<readonly Hold[]> {
  return useQuery({
    queryKey: ['holds'],
    queryFn: async () => (await bodyOf(api.GET('/api/holds', { params: { query: { limit: 200 } } }))).items,
    refetchInterval: 30_000,
  });
}

/** What the policy says of this person, before anything is asked. */
export function useStanding(): UseQueryResult<Standing> {
  return useQuery({ queryKey: ['me'], queryFn: () => bodyOf(api.GET('/api/me')), staleTime: 60_000 });
}
