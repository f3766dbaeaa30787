import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newKey } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { type Change, make, type Words } from './asked-change.ts';

/** What became of one job of several. */
export type ItemResult =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'under way' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: unknown };

export type Results = Readonly<Record<string, ItemResult>>;

/** Changes jobs one after the other and keeps what became of each. */
export function useChanges(change: Change): {
  readonly results: Results;
  readonly busy: boolean;
  readonly run: (aliases: readonly string[], words: Words) => Promise<boolean>;
} {
  const client = useQueryClient();
  const [results, setResults] = useState<Results>({});
  const [busy, setBusy] = useState(false);
  const keys = useRef(new Map<string, string>());

  const one = async (alias: string, words: Words): Promise<ItemResult> => {
    const key = keys.current.get(alias) ?? newKey();
    keys.current.set(alias, key);
    try {
      await make(change, alias, words, key);
      return { kind: 'done' };
    } catch (error) {
      // An answer settles what became of this request. Without one it may still have been done: the key stays.
      if (error instanceof ApiProblem) keys.current.delete(alias);
      return { kind: 'failed', error };
    }
  };
  const run = async (aliases: readonly string[], words: Words): Promise<boolean> => {
    setBusy(true);
    const set = (alias: string, result: ItemResult): void => {
      setResults((before) => ({ ...before, [alias]: result }));
    };
    for (const alias of aliases) set(alias, { kind: 'waiting' });
    let allDone = true;
    for (const alias of aliases) {
      set(alias, { kind: 'under way' });
      const result = await one(alias, words);
      set(alias, result);
      allDone &&= result.kind === 'done';
      void client.invalidateQueries({ queryKey: ['job', alias] });
    }
    void client.invalidateQueries({ queryKey: ['holds'] });
    setBusy(false);
    return allDone;
  };
  return { results, busy, run };
}
