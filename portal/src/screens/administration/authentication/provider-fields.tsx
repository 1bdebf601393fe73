import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../../ui/copy-button';
import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { PresetPart } from './preset-part';
import { presetOf } from './presets';
import { ProviderTest } from './provider-test';
import { SettingRows } from './setting-rows';
import { TestLogin } from './test-login';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings of the provider: first the URIs to register there, then how to connect to it. */
export function ProviderFields({ form }: { form: ConfigurationForm }) {
  const { provider, parts } = words.authentication;
  return (
    <Card title={provider}>
      <div className="form">
        <Part title={parts.product}>
          <PresetPart form={form} />
        </Part>
        <Part title={parts.register}>
          <Addresses form={form} />
        </Part>
        <Part title={parts.connection}>
          <SettingRows form={form} part="connection" />
        </Part>
        <Part title={parts.groups}>
          <SettingRows form={form} part="groups" />
        </Part>
        <Part title={parts.names}>
          <SettingRows form={form} part="names" />
        </Part>
        <Part title={parts.trust}>
          <SettingRows form={form} part="trust" />
        </Part>
        <Part title={parts.test}>
          <Address label={words.authentication.redirectUri} uri={form.base.oidc.redirectUri} />
          <ProviderTest form={form} />
          <TestLogin form={form} />
        </Part>
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

function Addresses({ form: { base, draft, preset } }: { form: ConfigurationForm }) {
  const { redirectUri, redirectNote, postLogoutUri, backchannelUri, backchannelNote } = words.authentication;
  const { frontchannelUri, frontchannelNote, clientJwksUri, presets } = words.authentication;
  const known = presetOf(preset);
  const note = known ? `${redirectNote} ${presets.calledThere(known.product, known.screen.redirectUri)}` : redirectNote;
  return (
    <>
      <Address label={redirectUri} note={note} uri={base.oidc.redirectUri} />
      {draft.logout && <Address label={postLogoutUri} uri={base.oidc.postLogoutRedirectUri} />}
      <Address label={backchannelUri} note={backchannelNote} uri={base.oidc.backchannelLogoutUri} />
      <Address label={frontchannelUri} note={frontchannelNote} uri={base.oidc.frontchannelLogoutUri} />
      {draft.clientAuthentication === 'private_key_jwt' && (
        <Address label={clientJwksUri} uri={base.oidc.clientJwksUri} />
      )}
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
