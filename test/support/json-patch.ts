import { z } from 'zod';

export type Tree = Record<string, unknown>;

/** @see https://www.rfc-editor.org/rfc/rfc6902, of which our manifests use three operations. */
export const patchSchema = z.array(
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.enum(['add', 'replace']), path: z.string(), value: z.unknown() }),
    z.strictObject({ op: z.literal('remove'), path: z.string() }),
  ]),
);
type Operation = z.infer<typeof patchSchema>[number];

/** Applies the operations to `root` itself; throws where a path leads nowhere. */
export function applyPatch(root: Tree, operations: readonly Operation[]): void {
  for (const operation of operations) {
    const [, ...keys] = operation.path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    writeAt(root, keys, operation.op, 'value' in operation ? operation.value : undefined);
  }
}

/** Writes or removes the member that `keys` lead to; only `add` may make a new one. */
export function writeAt(root: Tree, keys: readonly string[], op: Operation['op'], value: unknown): void {
  const parent = keys.slice(0, -1).reduce<unknown>(member, root);
  const last = keys.at(-1) ?? '';
  if (op !== 'add') member(parent, last);
  const written = op === 'remove' ? [] : [value];
  if (Array.isArray(parent))
    parent.splice(last === '-' ? parent.length : Number(last), op === 'add' ? 0 : 1, ...written);
  else if (op === 'remove') Reflect.deleteProperty(parent as Tree, last);
  else (parent as Tree)[last] = value;
}

function member(node: unknown, key: string): unknown {
  const value = typeof node === 'object' && node !== null ? (node as Tree)[key] : undefined;
  if (value === undefined) throw new Error(`There is no ${key} to be patched`);
  return value;
}
