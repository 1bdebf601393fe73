import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../../ui/copy-button';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { hasValidParameters } from './draft';
import { ProviderTest } from './provider-test';
import { LinesRow, NumberRow, SecretRow, SwitchRow, TextRow } from './rows';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings of the provider: first the URIs to register there, then how to connect to it. */
export function ProviderFields({ form }: { form: ConfigurationForm }) {
  const { provider, parts } = words.authentication;
  return (
    <Card title={provider}>
      <div className="form">
        <Part title={parts.register}>
          <Addresses form={form} />
        </Part>
        <Part title={parts.connection}>
          <Connection form={form} />
        </Part>
        <Part title={parts.groups}>
          <TextRow form={form} name="groupsClaim" />
          <TextRow form={form} name="groupFilter" />
          <TextRow form={form} name="adminGroup" />
        </Part>
        <Part title={parts.names}>
          <TextRow form={form} name="userClaim" />
          <SwitchRow form={form} name="autoOnboard" />
          <SwitchRow form={form} name="oidcPrimary" />
          <SwitchRow form={form} name="logout" />
        </Part>
        <Part title={parts.trust}>
          <NumberRow form={form} name="recheckMinutes" />
          <NumberRow form={form} name="outageGraceMinutes" />
          <NumberRow form={form} name="groupsKeptHours" />
          <SwitchRow form={form} name="confirmAtUserinfo" />
        </Part>
        <ProviderTest form={form} />
      </div>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part" aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Connection({ form }: { form: ConfigurationForm }) {
  const { authentication } = words;
  const { before, draft, base } = form;
  const mustRetype = base.oidc.clientSecretSet && draft.endpoint !== before.endpoint && draft.clientSecret === '';
  return (
    <>
      <TextRow form={form} name="name" />
      <TextRow form={form} name="endpoint" />
      <TextRow form={form} name="clientId" />
      <SecretRow
        form={form}
        name="clientSecret"
        placeholder={base.oidc.clientSecretSet ? authentication.secretKept : ''}
        error={mustRetype ? authentication.secretAgain : undefined}
      />
      <TextRow form={form} name="scope" />
      <SwitchRow form={form} name="verifyCertificate" />
      <LinesRow form={form} name="caCertificates" />
      <LinesRow
        form={form}
        name="extraRedirectParameters"
        error={hasValidParameters(draft) ? undefined : authentication.badParameter}
      />
    </>
  );
}

function Addresses({ form: { base, draft } }: { form: ConfigurationForm }) {
  const { redirectUri, redirectNote, postLogoutUri, backchannelUri, backchannelNote } = words.authentication;
  return (
    <>
      <Address label={redirectUri} note={redirectNote} uri={base.oidc.redirectUri} />
      {draft.logout && <Address label={postLogoutUri} uri={base.oidc.postLogoutRedirectUri} />}
      <Address label={backchannelUri} note={backchannelNote} uri={base.oidc.backchannelLogoutUri} />
    </>
  );
}

function Address({ label, note, uri }: { label: string; note?: string; uri: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
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
