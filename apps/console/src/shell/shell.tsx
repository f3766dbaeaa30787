import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { NavLink, Outlet } from 'react-router';
import { useZone } from '../time/time.tsx';
import { useLook } from './look-context.ts';
import type { Page } from './pages.ts';
import { type Session, signOut } from './session.ts';

/** The frame of every page: where to go, who is signed in, how times and colours are shown. */
export function Shell({
  session,
  pages,
}: {
  readonly session: Session;
  readonly pages: readonly Page[];
}): ReactElement {
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="bar">
        <span className="brand">
          <img src="/console/mark.svg" alt="" width="24" height="24" /> Interlock
        </span>
        <nav aria-label="Pages">
          {pages.map(({ path, title }) => (
            <NavLink key={path} to={path}>
              {title}
            </NavLink>
          ))}
        </nav>
        <Person session={session} />
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function Person({ session }: { readonly session: Session }): ReactElement {
  const { zone, setZone } = useZone();
  const { chosen, choose } = useLook();
  return (
    <Menu
      checkedValues={{ zone: [zone], look: [chosen] }}
      onCheckedValueChange={(_, { name, checkedItems: [value] }) => {
        if (name === 'zone') setZone(value === 'local' ? 'local' : 'utc');
        else choose(value === 'light' || value === 'dark' ? value : 'system');
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" className="person">
          {session.name ?? session.username ?? 'Signed in'}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <p className="quiet person-name">{session.username}</p>
          <MenuItemRadio name="zone" value="utc">
            Times in UTC
          </MenuItemRadio>
          <MenuItemRadio name="zone" value="local">
            Times as on my clock
          </MenuItemRadio>
          <MenuDivider />
          <MenuItemRadio name="look" value="system">
            Colours of the system
          </MenuItemRadio>
          <MenuItemRadio name="look" value="light">
            Light
          </MenuItemRadio>
          <MenuItemRadio name="look" value="dark">
            Dark
          </MenuItemRadio>
          <MenuDivider />
          <MenuItem
            onClick={() => {
              void signOut();
            }}
          >
            Sign out
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
