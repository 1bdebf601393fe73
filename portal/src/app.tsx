import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { navigate, useLocation } from './routing/location';
import { refusalAt } from './routing/page-refusal';
import { LoginScreen } from './screens/login/login-screen';
import { LoadingPage } from './ui/loading-page';
import { ErrorBoundary } from './ui/error-boundary';
import { useSession } from './session/session';

const AuthenticatedRoutes = lazy(() => import('./authenticated-routes'));
const RefusalScreen = lazy(() => import('./screens/login/refusal-screen'));

const PUBLIC_SCREENS: Readonly<Record<string, ComponentType>> = {
  '/': LoginScreen,
  '/register': lazy(() => import('./screens/login/register-screen')),
  '/onboarding': lazy(() => import('./screens/onboarding/onboarding-screen')),
  '/test-login': lazy(() => import('./screens/login/test-login-screen')),
  '/logged-in': lazy(() => import('./screens/login/logged-in-screen')),
};

/** Chooses the screen: that of the error with which the server answered, or that of the path. */
export function App() {
  const { pathname, search } = useLocation();
  const refusal = refusalAt(pathname + search);
  return (
    <ErrorBoundary>
      <Suspense fallback={<LoadingPage />}>
        {refusal ? <RefusalScreen refusal={refusal} /> : <ScreenAt pathname={pathname} />}
      </Suspense>
    </ErrorBoundary>
  );
}

/** A few screens are public, all others require a login. */
function ScreenAt({ pathname }: { pathname: string }) {
  const PublicScreen = PUBLIC_SCREENS[pathname];
  return PublicScreen ? <PublicScreen /> : <LoginRequired />;
}

/** Redirects users who are not logged in to the login page, and back here afterwards. */
function LoginRequired() {
  const { me, refusal } = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (me !== null) return;
    void navigate(`/?returnTo=${encodeURIComponent(pathname + search)}`, { replace: true });
  }, [me, pathname, search]);
  return me ? <AuthenticatedRoutes /> : <LoadingPage refusal={refusal} />;
}
