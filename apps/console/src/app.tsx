import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ApiProblem } from './api/problem.ts';
import { useStanding } from './jobs/job-data.ts';
import { JobsPage } from './jobs/jobs-page.tsx';
import { LookProvider } from './shell/look.tsx';
import { Empty, Failure, Loading } from './shell/notice.tsx';
import { pagesFor } from './shell/pages.ts';
import { type Session, useSession } from './shell/session.ts';
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
  const standing = useStanding();
  if (standing.data === undefined && standing.error === null) return <Loading what="the console" />;
  const pages = pagesFor(session, standing.data);
  const [first] = pages;
  const elements: Readonly<Record<string, ReactElement>> = {
    '/jobs': <JobsPage session={session} />,
    '/audit': <AuditPage session={session} />,
    '/log': <LogPage />,
    '/policy': <PolicyPage />,
  };
  return (
    <Routes>
      <Route element={<Shell session={session} pages={pages} />}>
        <Route index element={first === undefined ? <NotForYou /> : <Navigate to={first.path} replace />} />
        {pages.map(({ path }) => (
          <Route
            key={path}
            path={path}
            element={<Suspense fallback={<Loading what="the page" />}>{elements[path]}</Suspense>}
          />
        ))}
        <Route path="*" element={<NotForYou />} />
      </Route>
    </Routes>
  );
}

function NotForYou(): ReactElement {
  return (
    <Empty title="Nothing here is for you">
      There is no such page, or you have no role and no rule of the policy that lets you see it.
    </Empty>
  );
}
