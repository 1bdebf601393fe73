import { useAnswer } from '../../../api/use-answer';
import { ConfigurationDocument } from '../../../generated/graphql';
import { RefusalNotice } from '../../../ui/notice';
import { Lines, Page } from '../../../ui/page';
import { words } from '../../../words';
import { AuthenticationForm } from './authentication-form';

/** How people prove who they are: the auth mode, and the provider behind it. */
export default function AuthenticationScreen() {
  const { data, refusal, again } = useAnswer(ConfigurationDocument, {}, 'network-only');
  const configuration = data?.configuration;
  return (
    <Page title={words.authentication.title}>
      <RefusalNotice refusal={refusal} />
      {configuration ? <AuthenticationForm stored={configuration} reload={again} /> : !refusal && <Lines count={14} />}
    </Page>
  );
}
