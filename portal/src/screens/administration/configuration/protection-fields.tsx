import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { SettingsPart } from './settings-part';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings against guessed passwords and secrets, and of the audit log. */
export function ProtectionFields({ form }: { form: ConfigurationForm }) {
  return (
    <Card title={words.configuration.protection}>
      <div className="form">
        <SettingsPart form={form} part="guessing" />
        <SettingsPart form={form} part="audit" />
      </div>
    </Card>
  );
}
