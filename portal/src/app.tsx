import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { navigate, useLocation } from './routing/location';
import { LoginScreen } from './screens/login/login-screen';
import { Waiting } from './ui/loading-page';
import { Mishap } from './ui/error-boundary';
import { useSession } from './session/session';

const Inside = lazy(() => import('./authenticated-routes'));

const OUTSIDE: Readonly<Record<string, ComponentType>> = {
  '/': LoginScreen,
  '/register': lazy(() => import('./screens/login/register-screen')),
  '/onboarding': lazy(() => import('./screens/onboarding/onboarding-screen')),
  '/logged-in': lazy(() => import('./screens/login/logged-in-screen')),
};

/** Chooses the screen for the path: a few for everybody, all others for people who are logged in. */
export function App() {
  const { pathname } = useLocation();
  const Outside = OUTSIDE[pathname];
  return (
    <Mishap>
      <Suspense fallback={<Waiting />}>{Outside ? <Outside /> : <ForPeople />}</Suspense>
    </Mishap>
  );
}

/** Sends who is not logged in to the login page, and back here afterwards. */
function ForPeople() {
  const { me, refusal } = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (me !== null) return;
    void navigate(`/?returnTo=${encodeURIComponent(pathname + search)}`, { replace: true });
  }, [me, pathname, search]);
  return me ? <Inside /> : <Waiting refusal={refusal} />;
}
