import './styles-authenticated.css';
import { type ComponentType, lazy, Suspense } from 'react';
import { Link } from './routing/link';
import { useLocation } from './routing/location';
import { useMe } from './session/session';
import { Mishap } from './ui/error-boundary';
import { Lines, Page } from './ui/page';
import { Shell } from './layout/shell';
import { words } from './words';

const FOR_EVERYBODY: Readonly<Record<string, ComponentType>> = {
  '/profile': lazy(() => import('./screens/profile/profile-screen')),
};

const FOR_ADMINS: Readonly<Record<string, ComponentType>> = {
  '/administration/authentication': lazy(() => import('./screens/administration/authentication/authentication-screen')),
  '/administration/users': lazy(() => import('./screens/administration/users/users-screen')),
  '/administration/users/:id': lazy(() => import('./screens/administration/users/user-screen')),
  '/administration/groups': lazy(() => import('./screens/administration/groups/groups-screen')),
  '/administration/groups/:id': lazy(() => import('./screens/administration/groups/group-screen')),
  '/administration/registry-access': lazy(() => import('./screens/administration/access/access-screen')),
  '/administration/service-tokens': lazy(() => import('./screens/administration/tokens/tokens-screen')),
  '/administration/audit-log': lazy(() => import('./screens/administration/audit/audit-screen')),
};

/** The path with what stands for one thing of a list left open. */
function patternOf(pathname: string): string {
  const [, area = '', list = '', id] = pathname.split('/');
  return id ? `/${area}/${list}/:id` : pathname;
}

/** The screens of people who are logged in. */
export default function Inside() {
  const { pathname } = useLocation();
  return (
    <Shell>
      <Mishap key={pathname}>
        <Suspense fallback={<Lines count={8} />}>
          <Screen />
        </Suspense>
      </Mishap>
    </Shell>
  );
}

function Screen() {
  const { pathname } = useLocation();
  const { isAdmin } = useMe();
  const pattern = patternOf(pathname);
  const Everybodys = FOR_EVERYBODY[pattern];
  if (Everybodys) return <Everybodys />;
  const Admins = FOR_ADMINS[pattern];
  if (Admins && isAdmin) return <Admins key={pathname} />;
  const { title, text } = Admins ? words.forAdmins : words.notFound;
  return (
    <Page title={title} about={text}>
      <Link to="/profile">{words.notFound.back}</Link>
    </Page>
  );
}
