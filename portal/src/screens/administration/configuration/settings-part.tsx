import { Part } from './part';
import type { FormField } from './draft';
import { SettingRows } from './setting-rows';
import type { ConfigurationForm } from './use-configuration-form';

interface SettingsPartProps {
  readonly form: ConfigurationForm;
  readonly part: FormField['part'];
}

/** A part of a card that has the settings declared for it, and nothing else. */
export function SettingsPart({ form, part }: SettingsPartProps) {
  return (
    <Part name={part}>
      <SettingRows form={form} part={part} />
    </Part>
  );
}
