import { FluentProvider, type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useState, useSyncExternalStore } from 'react';
import { keep, readKept } from './kept.ts';
import { LookContext, type Look } from './look-context.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => {
    dark.removeEventListener('change', changed);
  };
}

const themes: Readonly<Record<'light' | 'dark', Theme>> = { light: webLightTheme, dark: webDarkTheme };

/** Light or dark: as the system says until somebody chooses. */
export function LookProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const system = useSyncExternalStore(subscribe, () => (dark.matches ? 'dark' : 'light'));
  const [chosen, setChosen] = useState<Look>(() => {
    const kept = readKept('look');
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  });
  const look = chosen === 'system' ? system : chosen;
  const choose = (next: Look): void => {
    keep('look', next);
    setChosen(next);
  };
  return (
    <LookContext value={{ chosen, choose }}>
      <FluentProvider theme={themes[look]} className="console" data-look={look}>
        {children}
      </FluentProvider>
    </LookContext>
  );
}
