import { createContext, use } from 'react';

export type Look = 'system' | 'light' | 'dark';

interface Looked {
  readonly chosen: Look;
  readonly choose: (look: Look) => void;
}

export const LookContext = createContext<Looked>({ chosen: 'system', choose: () => undefined });

export function useLook(): Looked {
  return use(LookContext);
}
