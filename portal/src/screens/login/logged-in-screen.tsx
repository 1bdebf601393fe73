import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from '../../routing/link';
import { navigate } from '../../routing/location';
import { useSession } from '../../session/session';
import { tellOtherTabs } from '../../session/tabs';
import { words } from '../../words';
import { Entrance } from '../../ui/centered-page';
import { Waiting } from '../../ui/loading-page';

/** Where a login in a second tab ends: it tells the first one to go on. */
export default function LoggedInScreen() {
  const { me } = useSession();
  useEffect(() => {
    if (me) tellOtherTabs('LOGGED_IN');
    if (me === null) void navigate('/', { replace: true });
  }, [me]);
  if (!me) return <Waiting />;
  return (
    <Entrance title={words.loggedIn.title}>
      <Stack gap="md">
        <Text>{words.loggedIn.text}</Text>
        <Link to="/profile">{words.loggedIn.profile}</Link>
      </Stack>
    </Entrance>
  );
}
