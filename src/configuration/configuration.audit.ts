import { AuditChange, changesBetween } from '../audit/changes/index.js';
import type { AuditTargets } from '../audit/index.js';
import { settingsIn, StoredSettings } from '../settings/settings.document.js';
import type { Settings } from '../settings/settings.service.js';
import type { UpdateConfigurationInput, UpdateConfigurationPayload } from './configuration.inputs.js';

/** For calls that change settings: the label is the names of the settings in the patch. */
export const configurationTarget: AuditTargets<UpdateConfigurationInput, UpdateConfigurationPayload> = {
  ofInput: ({ patch }) => ({ type: 'configuration', id: null, label: settingsIn({ ...patch }).join(', ') }),
  changesOf: ({ changes }) => changes,
};

type ModeAndSettings = StoredSettings & Pick<Settings, 'authMode'>;

/** What differs between two versions of the settings, by the names of the settings. */
export function settingChanges(before: ModeAndSettings, after: ModeAndSettings): AuditChange[] {
  return changesBetween(byName(before), byName(after));
}

function byName({ authMode, general, oidc }: ModeAndSettings): object {
  const named = Object.entries(oidc).map(([name, value]: [string, unknown]): [string, unknown] => [
    `oidc.${name}`,
    value,
  ]);
  return { authMode, ...general, ...(Object.fromEntries(named) as Readonly<Record<string, unknown>>) };
}
