import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useEffect, useRef } from 'react';
import { Loading } from '../shell/notice.tsx';
import type { Leaves, Operation } from './audit-data.ts';
import { OperationRow } from './operation-row.tsx';

/** An operation with what its page knows. */
export interface ListedOperation {
  readonly operation: Operation;
  readonly leaves: Leaves;
  readonly size: number;
}

const usualHeight = 52;

/** Only the rows in sight exist, so that ten thousand of them scroll as well as ten. */
export function OperationList({
  items,
  hasMore,
  onMore,
}: {
  readonly items: readonly ListedOperation[];
  readonly hasMore: boolean;
  readonly onMore: () => void;
}): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  const rows = useWindowVirtualizer({
    count: items.length + (hasMore ? 1 : 0),
    estimateSize: () => usualHeight,
    overscan: 10,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= items.length) onMore();
  }, [hasMore, last, items.length, onMore]);
  return (
    <ul ref={list} className="operations" aria-label="Operations" style={{ height: rows.getTotalSize() }}>
      {shown.map(({ index, key, start }) => {
        const item = items[index];
        return (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={hasMore ? -1 : items.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
          >
            {item === undefined ? <Loading what="older operations" /> : <OperationRow {...item} />}
          </li>
        );
      })}
    </ul>
  );
}
