import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useAction } from '../api/use-action';
import { LogoutDocument } from '../generated/graphql';
import { follow } from '../routing/link';
import { navigate, useLocation } from '../routing/location';
import { useMe } from '../session/session';
import { tellOtherTabs } from '../session/tabs';
import { words } from '../words';
import { Icon } from '../ui/icons';

const ADMINISTRATION = [
  ['/administration/authentication', words.nav.authentication],
  ['/administration/users', words.nav.users],
  ['/administration/groups', words.nav.groups],
  ['/administration/registry-access', words.nav.access],
  ['/administration/service-tokens', words.nav.tokens],
  ['/administration/audit-log', words.nav.audit],
] as const;

/** What stands around every screen inside: the top with the person's menu, and the way to the other screens. */
export function Shell({ children }: { children: ReactNode }) {
  const { isAdmin } = useMe();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // A screen reader begins with the new screen, as it would with a new page.
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
        <a className="brand" href="/profile" onClick={follow}>
          <img src="/mark.svg" alt="" width="30" height="30" />
          {words.product}
        </a>
        <PersonMenu />
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
  const isHere = pathname === to || pathname.startsWith(`${to}/`);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // On a phone the items stand in one row that can be pushed aside.
    if (isHere) item.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [isHere]);
  return (
    <li ref={item}>
      <a href={to} onClick={follow} aria-current={isHere ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
}

function PersonMenu() {
  const { username } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const logout = useAction(LogoutDocument);
  const leave = async () => {
    const answer = await logout.run({});
    if (!answer) return;
    tellOtherTabs('LOGGED_OUT');
    location.assign(answer.logout.redirectUrl ?? '/');
  };
  return (
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
        <Menu.Label>{words.nav.colours}</Menu.Label>
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
        <Menu.Item onClick={() => void leave()}>{words.nav.logout}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
