import { api } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { download } from './download.ts';

/** What leaves the service, and why. */
export interface TakeOut {
  readonly kind: 'evidence' | 'ndjson' | 'csv';
  readonly q: string;
  readonly purpose: string;
  /** With personal fields in clear; takes the right Audit.Disclose. */
  readonly disclose: boolean;
}

const personal = [
  'actor.oid',
  'actor.upn',
  'actor.name',
  'net.ip',
  'net.forwarded',
  'net.ua',
  'reason',
  'purpose',
  'note',
  'approver',
] as const;

/** Fetches it and hands it to the person as a file. Throws an ApiProblem. */
export async function takeOut({ kind, q, purpose, disclose }: TakeOut): Promise<void> {
  const { data, error, response } =
    kind === 'evidence'
      ? await api.POST('/api/audit/evidence', {
          body: { query: q, purpose, disclose: disclose ? [...personal] : [] },
          parseAs: 'blob',
        })
      : await api.GET('/api/audit/export', { params: { query: { q, purpose, format: kind } }, parseAs: 'blob' });
  if (data === undefined) throw problemOf(response.status, error);
  download(data, kind === 'evidence' ? 'audit-evidence.zip' : `audit.${kind}`);
}
