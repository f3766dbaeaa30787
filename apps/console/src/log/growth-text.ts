import { api } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';

/** The proof, as the server hands it out, that the log only grew between two sizes. */
export async function growthText(from: number, to: number): Promise<string> {
  const { data, error, response } = await api.GET('/api/audit/consistency', {
    params: { query: { from, to } },
    parseAs: 'text',
  });
  if (data === undefined) throw problemOf(response.status, error);
  return data;
}
