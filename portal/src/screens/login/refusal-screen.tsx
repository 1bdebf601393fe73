import { Button, Stack, Text } from '@mantine/core';
import { withBasePath } from '../../api/base-path';
import { follow } from '../../routing/link';
import type { PageRefusal } from '../../routing/page-refusal';
import { useSession } from '../../session/session';
import { CenteredPage } from '../../ui/centered-page';
import { Notice } from '../../ui/notice';
import { words } from '../../words';

/** The screen of an error that the server answered instead of a page: what happened, and the way on. */
export default function RefusalScreen({ refusal }: { refusal: PageRefusal }) {
  const { title, message, code, said, again } = refusal;
  return (
    <CenteredPage title={title}>
      <Stack gap="md" className="refusal">
        <Notice kind="error">{message}</Notice>
        {said && <Quotation {...said} />}
        {again !== null && (
          <Button component="a" href={again} fullWidth>
            {words.refused.again}
          </Button>
        )}
        <WayBack isSecondary={again !== null} />
        <Text size="xs" c="dimmed">
          {code}
        </Text>
      </Stack>
    </CenteredPage>
  );
}

function Quotation({ error, description }: NonNullable<PageRefusal['said']>) {
  return (
    <Text size="sm">
      {words.refused.said}{' '}
      <code>
        <bdi>{error}</bdi>
      </code>
      {description !== null && (
        <>
          {' '}
          <q>
            <bdi>{description}</bdi>
          </q>
        </>
      )}
    </Text>
  );
}

function WayBack({ isSecondary }: { isSecondary: boolean }) {
  const { me } = useSession();
  return (
    <Button
      component="a"
      href={withBasePath(me ? '/profile' : '/')}
      onClick={follow}
      variant={isSecondary ? 'default' : 'filled'}
      fullWidth
    >
      {me ? words.notFound.back : words.refused.login}
    </Button>
  );
}
