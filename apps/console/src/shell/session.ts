import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type ReplyOf } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';

export type Session = ReplyOf<'readSession'>;
export type Right = Session['rights'][number];

const header = { 'Interlock-Console': '1' } as const;

/** Who is signed in; null when nobody is. Looked at again whenever the window gets the focus, and every half minute. */
export function useSession(): UseQueryResult<Session | null> {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        return await bodyOf(api.GET('/session', { params: { header } }));
      } catch (error) {
        if (error instanceof ApiProblem && error.isSignedOut) return null;
        throw error;
      }
    },
    refetchInterval: 30_000,
  });
}

/** Where the browser goes to sign in and comes back to this page. */
export function signInAddress(): string {
  const returnTo = `${location.pathname}${location.search}`;
  return `/session/login?${new URLSearchParams({ returnTo }).toString()}`;
}

/** Ends the session here, then at the identity provider. */
export async function signOut(): Promise<void> {
  const { signOutAddress } = await bodyOf(api.POST('/session/logout', { params: { header } }));
  location.assign(signOutAddress ?? '/console');
}
