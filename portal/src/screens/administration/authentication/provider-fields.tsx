import { Text } from '@mantine/core';
import { CopyButton } from '../../../ui/copy-button';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { hasGoodParameters } from './draft';
import { ProviderTest } from './provider-test';
import { LinesRow, NumberRow, SecretRow, SwitchRow, TextRow } from './rows';
import type { ConfigurationForm } from './use-configuration-form';

/** The provider's settings, in the order of the page that people come from. */
export function ProviderFields({ form }: { form: ConfigurationForm }) {
  const { authentication } = words;
  const { before, draft, base } = form;
  const mustRetype = base.oidc.clientSecretSet && draft.endpoint !== before.endpoint && draft.clientSecret === '';
  const problem = hasGoodParameters(draft) ? undefined : authentication.badParameter;
  return (
    <Card title={authentication.provider}>
      <div className="form">
        <TextRow form={form} name="name" />
        <TextRow form={form} name="endpoint" />
        <TextRow form={form} name="clientId" />
        <SecretRow
          form={form}
          name="clientSecret"
          placeholder={base.oidc.clientSecretSet ? authentication.secretKept : ''}
          error={mustRetype ? authentication.secretAgain : undefined}
        />
        <TextRow form={form} name="groupsClaim" />
        <TextRow form={form} name="groupFilter" />
        <TextRow form={form} name="adminGroup" />
        <TextRow form={form} name="scope" />
        <TextRow form={form} name="userClaim" />
        <SwitchRow form={form} name="verifyCertificate" />
        <LinesRow form={form} name="caCertificates" />
        <SwitchRow form={form} name="autoOnboard" />
        <SwitchRow form={form} name="oidcPrimary" />
        <SwitchRow form={form} name="logout" />
        <NumberRow form={form} name="recheckMinutes" />
        <NumberRow form={form} name="outageGraceMinutes" />
        <LinesRow form={form} name="extraRedirectParameters" error={problem} />
        <Address label={authentication.redirectUri} note={authentication.redirectNote} uri={base.oidc.redirectUri} />
        {draft.logout && <Address label={authentication.postLogoutUri} uri={base.oidc.postLogoutRedirectUri} />}
        <Address
          label={authentication.backchannelUri}
          note={authentication.backchannelNote}
          uri={base.oidc.backchannelLogoutUri}
        />
        <ProviderTest form={form} />
      </div>
    </Card>
  );
}

function Address({ label, note, uri }: { label: string; note?: string; uri: string }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {note && (
        <Text size="xs" c="dimmed" mb={4}>
          {note}
        </Text>
      )}
      <div className="command">
        <code>{uri}</code>
        <CopyButton text={uri} what={label} />
      </div>
    </div>
  );
}
