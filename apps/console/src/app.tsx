import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ApiProblem } from './api/problem.ts';
import { JobsPage } from './jobs/jobs-page.tsx';
import { LookProvider } from './shell/look.tsx';
import { Empty, Failure, Loading } from './shell/notice.tsx';
import { type Right, type Session, useSession } from './shell/session.ts';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './shell/sign-in-page.tsx';
import { ZoneProvider } from './time/time.tsx';

// Reviewers' pages are loaded when they are opened: who pauses a job at night waits for nothing else.
const AuditPage = lazy(() => import('./audit/audit-page.tsx'));
const LogPage = lazy(() => import('./log/log-page.tsx'));
const PolicyPage = lazy(() => import('./policy/policy-page.tsx'));

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // Somebody signed out in another tab, or the time of the session is over.
    onError: (error) => {
      if (error instanceof ApiProblem && error.isSignedOut) queries.setQueryData(['session'], null);
    },
  }),
  defaultOptions: {
    queries: {
      // What the broker decided will not change by asking again; a lost connection may come back.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.status < 500),
      staleTime: 10_000,
    },
  },
});

/** The console: signed out, or the pages that this person may open. */
export function App(): ReactElement {
  return (
    <QueryClientProvider client={queries}>
      <ZoneProvider>
        <LookProvider>
          <BrowserRouter basename="/console">
            <Entrance />
          </BrowserRouter>
        </LookProvider>
      </ZoneProvider>
    </QueryClientProvider>
  );
}

function Entrance(): ReactElement {
  const { data: session, error, refetch } = useSession();
  if (session === null) return <SignInPage />;
  if (session !== undefined) return <Pages session={session} />;
  if (error === null) return <Loading what="the console" />;
  return (
    <Failure
      error={error}
      retry={() => {
        void refetch();
      }}
    />
  );
}

function Pages({ session }: { readonly session: Session }): ReactElement {
  const guarded = (right: Right, page: ReactElement): ReactElement =>
    session.rights.includes(right) ? <Suspense fallback={<Loading what="the page" />}>{page}</Suspense> : <NotForYou />;
  const first = session.rights.includes('Jobs.Read') ? (
    <JobsPage session={session} />
  ) : session.rights.includes('Audit.Read') ? (
    <Navigate to="/audit" replace />
  ) : (
    guarded('Policy.Read', <Navigate to="/policy" replace />)
  );
  return (
    <Routes>
      <Route element={<Shell session={session} />}>
        <Route index element={first} />
        <Route path="audit" element={guarded('Audit.Read', <AuditPage session={session} />)} />
        <Route path="log" element={guarded('Audit.Read', <LogPage />)} />
        <Route path="policy" element={guarded('Policy.Read', <PolicyPage />)} />
        <Route path="*" element={<Empty title="There is no such page">The address may be mistyped.</Empty>} />
      </Route>
    </Routes>
  );
}

function NotForYou(): ReactElement {
  return (
    <Empty title="Nothing here is for you">
      You are signed in, but have no role that lets you see this page. Ask whoever assigns the app roles of Interlock.
    </Empty>
  );
}
