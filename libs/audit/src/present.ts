/** Like `T`, but its optional members may be there as undefined. */
export type Draft<T> = {
  readonly [Name in keyof T]: Partial<Pick<T, Name>> extends Pick<T, Name> ? T[Name] | undefined : T[Name];
};

/** The draft without its undefined members, because in a leaf a member that is absent is left out. */
export function present<T extends object>(draft: Draft<T>): T {
  const members: Record<string, unknown> = {};
  for (const name in draft) {
    if (draft[name] !== undefined) members[name] = draft[name];
  }
  return members as T;
}
