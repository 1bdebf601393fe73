import { Text } from '@mantine/core';
import { CopyButton } from '../../../ui/copy-button';
import { words } from '../../../words';
import type { LinkedField } from './finding';
import { Part } from './part';
import { PresetPart } from './preset-part';
import { presetOf } from './presets';
import { ProviderCard } from './provider-card';
import { ProviderTest } from './provider-test';
import { SettingsPart } from './settings-part';
import { TestLogin } from './test-login';
import { useTestLogin } from './use-test-login';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings of the provider: first the URIs to register there, then how to connect to it, and the test of both. */
export function ProviderFields({ form }: { form: ConfigurationForm }) {
  const { redirectUri } = words.configuration;
  const testLogin = useTestLogin(form);
  return (
    <ProviderCard form={form} name="provider">
      <Part name="product">
        <PresetPart form={form} />
      </Part>
      <Part name="register">
        <Addresses form={form} />
      </Part>
      <SettingsPart form={form} part="connection" />
      <SettingsPart form={form} part="groups" />
      <Part name="test">
        <Address label={redirectUri} uri={form.base.oidc.redirectUri} />
        <ProviderTest form={form} testLogin={testLogin} />
        <TestLogin form={form} testLogin={testLogin} />
      </Part>
    </ProviderCard>
  );
}

function Addresses({ form: { base, draft, preset } }: { form: ConfigurationForm }) {
  const { redirectUri, redirectNote, postLogoutUri, backchannelUri, backchannelNote } = words.configuration;
  const { frontchannelUri, frontchannelNote, clientJwksUri, presets } = words.configuration;
  const known = presetOf(preset);
  const note = known ? `${redirectNote} ${presets.calledThere(known.product, known.screen.redirectUri)}` : redirectNote;
  return (
    <>
      <Address label={redirectUri} note={note} uri={base.oidc.redirectUri} name="redirectUri" />
      {draft.logout && <Address label={postLogoutUri} uri={base.oidc.postLogoutRedirectUri} />}
      <Address label={backchannelUri} note={backchannelNote} uri={base.oidc.backchannelLogoutUri} />
      <Address label={frontchannelUri} note={frontchannelNote} uri={base.oidc.frontchannelLogoutUri} />
      {draft.clientAuthentication === 'private_key_jwt' && (
        <Address label={clientJwksUri} uri={base.oidc.clientJwksUri} />
      )}
    </>
  );
}

interface AddressProps {
  readonly label: string;
  readonly note?: string;
  readonly uri: string;
  /** The name by which a finding leads here. */
  readonly name?: LinkedField;
}

function Address({ label, note, uri, name }: AddressProps) {
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
        <CopyButton text={uri} what={label} {...(name && { name })} />
      </div>
    </div>
  );
}
