import { z } from 'zod';
import { Unreadable } from '../report/unreadable.ts';
import { TrustedKey } from './trusted-key.ts';

const size = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const keySchema = z.strictObject({ vkey: z.string(), fromSize: size, toSize: size.optional() });
const trustSchema = z.union([z.array(keySchema), z.object({ keys: z.array(keySchema) })]);

/** The keys of one log, with the sizes for which each is good. */
export class Trust {
  private constructor(
    readonly origin: string,
    readonly keys: readonly TrustedKey[],
  ) {}

  /** {@link Unreadable} unless all keys are of one log. */
  static of(keys: readonly TrustedKey[]): Trust {
    const [first, ...rest] = keys;
    if (first === undefined) throw new Unreadable('There is no trusted key');
    if (rest.some(({ name }) => name !== first.name)) throw new Unreadable('The trusted keys are of several logs');
    return new Trust(first.name, keys);
  }

  /** Reads a trust file: a list of `{vkey, fromSize, toSize?}`, bare or as the member `keys`. */
  static parse(json: string): Trust {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      throw new Unreadable('The trust file is not JSON');
    }
    const read = trustSchema.safeParse(value);
    if (!read.success) throw new Unreadable('The trust file is not a list of {vkey, fromSize, toSize?}');
    const keys = Array.isArray(read.data) ? read.data : read.data.keys;
    return Trust.of(keys.map(({ vkey, fromSize, toSize }) => TrustedKey.parse(vkey, fromSize, toSize)));
  }
}
