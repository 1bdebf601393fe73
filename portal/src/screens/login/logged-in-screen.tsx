import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from '../../routing/link';
import { navigate } from '../../routing/location';
import { useSession } from '../../session/session';
import { tellOtherTabs } from '../../session/tabs';
import { words } from '../../words';
import { CenteredPage } from '../../ui/centered-page';
import { LoadingPage } from '../../ui/loading-page';

/** The end of a login in a second tab: tells the first tab to continue. */
export default function LoggedInScreen() {
  const { me } = useSession();
  useEffect(() => {
    if (me) tellOtherTabs('LOGGED_IN');
    if (me === null) void navigate('/', { replace: true });
  }, [me]);
  if (!me) return <LoadingPage />;
  return (
    <CenteredPage title={words.loggedIn.title}>
      <Stack gap="md">
        <Text>{words.loggedIn.text}</Text>
        <Link to="/profile">{words.loggedIn.profile}</Link>
      </Stack>
    </CenteredPage>
  );
}
