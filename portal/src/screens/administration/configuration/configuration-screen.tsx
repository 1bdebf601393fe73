import { useAnswer } from '../../../api/use-answer';
import { ConfigurationDocument } from '../../../generated/graphql';
import { RefusalNotice } from '../../../ui/notice';
import { Lines, Page } from '../../../ui/page';
import { words } from '../../../words';
import { SettingsForm } from './settings-form';

/** The configuration: auth mode, OIDC provider, sessions and limits. */
export default function ConfigurationScreen() {
  const { data, refusal, refetch } = useAnswer(ConfigurationDocument, {}, 'network-only');
  const configuration = data?.configuration;
  return (
    <Page title={words.configuration.title}>
      <RefusalNotice refusal={refusal} />
      {configuration ? <SettingsForm stored={configuration} reload={refetch} /> : !refusal && <Lines count={14} />}
    </Page>
  );
}
