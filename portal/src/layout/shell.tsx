import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { withBasePath } from '../api/base-path';
import { follow } from '../routing/link';
import { navigate, useLocation } from '../routing/location';
import { useMe } from '../session/session';
import { words } from '../words';
import { Icon } from '../ui/icons';
import { useLogOut } from './use-log-out';

const ADMINISTRATION = [
  ['/administration/overview', words.nav.overview],
  ['/administration/configuration', words.nav.configuration],
  ['/administration/users', words.nav.users],
  ['/administration/groups', words.nav.groups],
  ['/administration/registry-access', words.nav.access],
  ['/administration/service-tokens', words.nav.tokens],
  ['/administration/audit-log', words.nav.audit],
] as const;

/** The frame of every screen that requires a login: header with the user menu, and navigation. */
export function Shell({ children }: { children: ReactNode }) {
  const { isAdmin } = useMe();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Moves the focus, so that a screen reader starts with the new screen, as with a new page.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [pathname]);
  return (
    <div className="shell">
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {words.toContent}
      </a>
      <header className="top">
        <a className="brand" href={withBasePath('/profile')} onClick={follow}>
          <img src={withBasePath('/mark.svg')} alt="" width="30" height="30" />
          {words.product}
        </a>
        <UserMenu />
      </header>
      <nav className="side" aria-label={words.nav.label}>
        <ul>
          <NavItem to="/profile" text={words.nav.profile} />
        </ul>
        {isAdmin && <h2>{words.nav.administration}</h2>}
        {isAdmin && (
          <ul>
            {ADMINISTRATION.map(([to, text]) => (
              <NavItem key={to} to={to} text={text} />
            ))}
          </ul>
        )}
      </nav>
      <main id="content" className="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function NavItem({ to, text }: { to: string; text: string }) {
  const { pathname } = useLocation();
  const isCurrent = pathname === to || pathname.startsWith(`${to}/`);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // On a phone the items are in one row that scrolls sideways.
    if (isCurrent) item.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [isCurrent]);
  return (
    <li ref={item}>
      <a href={withBasePath(to)} onClick={follow} aria-current={isCurrent ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
}

function UserMenu() {
  const { username } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { begin, question } = useLogOut();
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button
            variant="subtle"
            rightSection={<Icon name="down" size={16} />}
            aria-label={words.nav.menuOf(username)}
            maw="60vw"
          >
            {username}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate('/profile')}>{words.nav.userProfile}</Menu.Item>
          <Menu.Divider />
          <Menu.Label>{words.nav.appearance}</Menu.Label>
          {(['light', 'dark', 'auto'] as const).map((scheme) => (
            <Menu.Item
              key={scheme}
              onClick={() => setColorScheme(scheme)}
              rightSection={colorScheme === scheme ? <Icon name="done" size={16} /> : null}
            >
              {scheme === 'auto' ? words.nav.system : words.nav[scheme]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={begin}>{words.nav.logout}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {question}
    </>
  );
}
