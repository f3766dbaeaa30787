import { z } from 'zod';
import { leafJson } from '../export/leaf-json.ts';

/** What became of the personal fields of an entry. Names only: whoever may read the log may not read them by that. */
export interface KeptFields {
  readonly kept: readonly string[];
  /** How many were erased. Their names are gone with them. */
  readonly erased: number;
}

const leaf = z.looseObject({ _sd: z.array(z.string()) });

/** Compares the digests of a leaf with the names of the fields that are kept beside it. */
export function keptFields(body: Uint8Array, kept: readonly string[]): KeptFields {
  const committed = leaf.safeParse(leafJson(body)).data?._sd.length ?? 0;
  return { kept, erased: Math.max(0, committed - kept.length) };
}
