import { Button, Field, Input } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { LogMemoryNotice } from '../log/log-memory-notice.tsx';
import { Empty, Failure, Loading } from '../shell/notice.tsx';
import type { Session } from '../shell/session.ts';
import { useOperations } from './audit-data.ts';
import './audit.css';
import { FilterBuilder } from './filter-builder.tsx';
import { OperationDetail } from './operation-detail.tsx';
import { OperationList } from './operation-list.tsx';
import { TakeOutDialog } from './take-out-dialog.tsx';

/** What happened, for reviewers: found by a query that stands in the address, each row verified here. */
export default function AuditPage({ session }: { readonly session: Session }): ReactElement {
  const [parameters, setParameters] = useSearchParams();
  const q = parameters.get('q') ?? '';
  const open = parameters.get('open');
  const [written, setWritten] = useState({ q, text: q });
  // Going back in the browser changes the query, and then the text is that query's.
  const text = written.q === q ? written.text : q;
  const setText = (changed: string): void => {
    setWritten({ q, text: changed });
  };
  const [takingOut, setTakingOut] = useState(false);
  const client = useQueryClient();
  const found = useOperations(q);
  const { fetchNextPage, hasNextPage, data, error } = found;
  const items = useMemo(
    () =>
      (data?.pages ?? []).flatMap(({ items: operations, events, size }) =>
        operations.map((operation) => ({ operation, leaves: events, size })),
      ),
    [data],
  );
  const more = useCallback(() => {
    void fetchNextPage();
  }, [fetchNextPage]);
  const search = (query: string): void => {
    setWritten({ q: query, text: query });
    setParameters(query === '' ? {} : { q: query });
  };
  if (open !== null) {
    const close = (): void => {
      setParameters(q === '' ? {} : { q });
    };
    return <OperationDetail key={open} eventId={open} onClose={close} />;
  }
  const size = data?.pages[0]?.size;
  return (
    <>
      <title>Audit · Interlock</title>
      <div className="page-head">
        <h1>Audit</h1>
        <span className="spacer" />
        <Button
          onClick={() => {
            setTakingOut(true);
          }}
        >
          Export or evidence…
        </Button>
        <Button
          onClick={() => {
            void client.resetQueries({ queryKey: ['operations'] });
          }}
        >
          Look again
        </Button>
      </div>
      {size !== undefined && <LogMemoryNotice size={size} />}
      <form
        className="query"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          search(text.trim());
        }}
      >
        <Field
          className="query-text"
          label="Query"
          hint="Terms that must all hold, such as action:pause -decision:allow created:2026-01-01..* — what you look at is recorded."
        >
          <Input
            value={text}
            spellCheck={false}
            autoComplete="off"
            onChange={(_, { value }) => {
              setText(value);
            }}
          />
        </Field>
        <Button type="submit" appearance="primary">
          Search
        </Button>
        <FilterBuilder query={text} onChange={setText} />
      </form>
      {error !== null && (
        <Failure
          error={error}
          retry={() => {
            void found.refetch();
          }}
        />
      )}
      {error === null && data === undefined && <Loading what="the operations" />}
      {data !== undefined && items.length === 0 && (
        <Empty title="Nothing found">No operation fits all terms of the query. Take one away to find more.</Empty>
      )}
      {items.length > 0 && <OperationList items={items} hasMore={hasNextPage} onMore={more} />}
      {takingOut && (
        <TakeOutDialog
          q={q}
          mayDisclose={session.rights.includes('Audit.Disclose')}
          onClose={() => {
            setTakingOut(false);
          }}
        />
      )}
    </>
  );
}
