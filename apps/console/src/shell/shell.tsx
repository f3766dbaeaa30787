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
import { type Right, type Session, signOut } from './session.ts';

const pages: readonly { readonly to: string; readonly title: string; readonly needs: Right }[] = [
  { to: '/', title: 'Jobs', needs: 'Jobs.Read' },
  { to: '/audit', title: 'Audit', needs: 'Audit.Read' },
  { to: '/log', title: 'Log', needs: 'Audit.Read' },
  { to: '/policy', title: 'Policy', needs: 'Policy.Read' },
];

/** The frame of every page: where to go, who is signed in, how times and colours are shown. */
export function Shell({ session }: { readonly session: Session }): ReactElement {
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
          {pages
            .filter(({ needs }) => session.rights.includes(needs))
            .map(({ to, title }) => (
              <NavLink key={to} to={to} end={to === '/'}>
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
