import { useQuery } from 'urql';
import { refusalOf } from '../../../api/refusal';
import { ConfigurationDocument } from '../../../generated/graphql';
import { RefusalNotice } from '../../../ui/notice';
import { Lines, Page } from '../../../ui/page';
import { words } from '../../../words';
import { AuthenticationForm } from './authentication-form';

/** How people prove who they are: the auth mode, and the provider behind it. */
export default function AuthenticationScreen() {
  const [{ data, error }, ask] = useQuery({ query: ConfigurationDocument, requestPolicy: 'network-only' });
  const configuration = data?.configuration;
  return (
    <Page title={words.authentication.title} about={words.authentication.about}>
      <RefusalNotice refusal={refusalOf(error)} />
      {configuration ? (
        <AuthenticationForm stored={configuration} reload={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        !error && <Lines count={14} />
      )}
    </Page>
  );
}
