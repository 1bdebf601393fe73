import './styles-authenticated.css';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { Link } from './routing/link';
import { navigate, useLocation } from './routing/location';
import { useMe } from './session/session';
import { ErrorBoundary } from './ui/error-boundary';
import { Lines, Page } from './ui/page';
import { Shell } from './layout/shell';
import { words } from './words';

const USER_SCREENS: Readonly<Record<string, ComponentType>> = {
  '/profile': lazy(() => import('./screens/profile/profile-screen')),
};

const ADMIN_SCREENS: Readonly<Record<string, ComponentType>> = {
  '/administration/overview': lazy(() => import('./screens/administration/overview/overview-screen')),
  '/administration/configuration': lazy(() => import('./screens/administration/configuration/configuration-screen')),
  '/administration/users': lazy(() => import('./screens/administration/users/users-screen')),
  '/administration/users/:id': lazy(() => import('./screens/administration/users/user-screen')),
  '/administration/groups': lazy(() => import('./screens/administration/groups/groups-screen')),
  '/administration/groups/:id': lazy(() => import('./screens/administration/groups/group-screen')),
  '/administration/registry-access': lazy(() => import('./screens/administration/access/access-screen')),
  '/administration/service-tokens': lazy(() => import('./screens/administration/tokens/tokens-screen')),
  '/administration/audit-log': lazy(() => import('./screens/administration/audit/audit-screen')),
};

/** Addresses that lead to another one: the area itself, and those of before. */
const MOVED: Readonly<Record<string, string>> = {
  '/administration': '/administration/overview',
  '/administration/authentication': '/administration/configuration',
};

/** The route of a path: the ID of an item is replaced by `:id`. */
function routeOf(pathname: string): string {
  const [, area = '', list = '', id] = pathname.split('/');
  return id ? `/${area}/${list}/:id` : pathname;
}

/** Whether a path is in the area of administrators, a page that doesn't exist included. */
function isAdministration(pathname: string): boolean {
  return pathname === '/administration' || pathname.startsWith('/administration/');
}

/** The screens that require a login. */
export default function AuthenticatedRoutes() {
  const { pathname } = useLocation();
  return (
    <Shell>
      <ErrorBoundary key={pathname}>
        <Suspense fallback={<Lines count={8} />}>
          <Screen />
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

function Screen() {
  const { pathname } = useLocation();
  const { isAdmin } = useMe();
  const route = routeOf(pathname);
  const UserScreen = USER_SCREENS[route];
  if (UserScreen) return <UserScreen />;
  const AdminScreen = ADMIN_SCREENS[route];
  const moved = MOVED[pathname];
  if (moved && isAdmin) return <Redirect to={moved} />;
  if (AdminScreen && isAdmin) return <AdminScreen key={pathname} />;
  const { title, text } = isAdmin || !isAdministration(pathname) ? words.notFound : words.forAdmins;
  return (
    <Page title={title} about={text}>
      <Link to="/profile">{words.notFound.back}</Link>
    </Page>
  );
}

function Redirect({ to }: { to: string }) {
  useEffect(() => void navigate(to, { replace: true }), [to]);
  return <Lines count={8} />;
}
