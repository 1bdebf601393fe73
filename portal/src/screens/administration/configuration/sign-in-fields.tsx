import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { ProviderCard } from './provider-card';
import { SettingsPart } from './settings-part';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings of what happens at a login, and how long it lasts. */
export function SignInFields({ form }: { form: ConfigurationForm }) {
  const { accounts, sessions } = words.configuration;
  return (
    <>
      <ProviderCard form={form} name="signIn">
        <SettingsPart form={form} part="names" />
        <SettingsPart form={form} part="trust" />
      </ProviderCard>
      {form.draft.authMode === 'DATABASE' && (
        <Card title={accounts}>
          <div className="form">
            <SettingsPart form={form} part="registration" />
          </div>
        </Card>
      )}
      <Card title={sessions}>
        <div className="form">
          <SettingsPart form={form} part="sessions" />
          <SettingsPart form={form} part="registry" />
        </div>
      </Card>
    </>
  );
}
