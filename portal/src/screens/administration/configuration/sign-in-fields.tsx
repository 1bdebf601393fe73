import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { Part } from './part';
import { ProviderCard } from './provider-card';
import { SettingRows } from './setting-rows';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings of what happens at a login, and how long it lasts. */
export function SignInFields({ form }: { form: ConfigurationForm }) {
  const { accounts, sessions } = words.configuration;
  return (
    <>
      <ProviderCard form={form} name="signIn">
        <Part name="names">
          <SettingRows form={form} part="names" />
        </Part>
        <Part name="trust">
          <SettingRows form={form} part="trust" />
        </Part>
      </ProviderCard>
      {form.draft.authMode === 'DATABASE' && (
        <Card title={accounts}>
          <div className="form">
            <Part name="registration">
              <SettingRows form={form} part="registration" />
            </Part>
          </div>
        </Card>
      )}
      <Card title={sessions}>
        <div className="form">
          <Part name="sessions">
            <SettingRows form={form} part="sessions" />
          </Part>
          <Part name="registry">
            <SettingRows form={form} part="registry" />
          </Part>
        </div>
      </Card>
    </>
  );
}
