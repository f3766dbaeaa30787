import { api } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import type { paths } from '../api/schema.ts';
import { download } from './download.ts';

type EvidenceBody = paths['/api/audit/evidence']['post']['requestBody']['content']['application/json'];
type PersonalField = NonNullable<EvidenceBody['disclose']>[number];

/** What leaves the service, and why. */
export interface TakeOut {
  readonly kind: 'evidence' | 'ndjson' | 'csv';
  readonly q: string;
  readonly purpose: string;
  /** With personal fields in clear; takes the right Audit.Disclose. */
  readonly disclose: boolean;
}

/** Every personal field that the API knows: one that is added there is missed here by the compiler. */
const personal: Readonly<Record<PersonalField, true>> = {
  'actor.oid': true,
  'actor.upn': true,
  'actor.name': true,
  'net.ip': true,
  'net.forwarded': true,
  'net.ua': true,
  reason: true,
  purpose: true,
  note: true,
  approver: true,
};

/** Fetches it and hands it to the person as a file. Throws an ApiProblem. */
export async function takeOut({ kind, q, purpose, disclose }: TakeOut): Promise<void> {
  const { data, error, response } =
    kind === 'evidence'
      ? await api.POST('/api/audit/evidence', {
          body: { query: q, purpose, disclose: disclose ? (Object.keys(personal) as PersonalField[]) : [] },
          parseAs: 'blob',
        })
      : await api.GET('/api/audit/export', { params: { query: { q, purpose, format: kind } }, parseAs: 'blob' });
  if (data === undefined) throw problemOf(response.status, error);
  download(data, kind === 'evidence' ? 'audit-evidence.zip' : `audit.${kind}`);
}
