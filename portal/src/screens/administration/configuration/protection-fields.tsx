import { Card } from '../../../ui/page';
import { words } from '../../../words';
import { Part } from './part';
import { SettingRows } from './setting-rows';
import type { ConfigurationForm } from './use-configuration-form';

/** The settings against guessed passwords and secrets, and of the audit log. */
export function ProtectionFields({ form }: { form: ConfigurationForm }) {
  return (
    <Card title={words.configuration.protection}>
      <div className="form">
        <Part name="guessing">
          <SettingRows form={form} part="guessing" />
        </Part>
        <Part name="audit">
          <SettingRows form={form} part="audit" />
        </Part>
      </div>
    </Card>
  );
}
