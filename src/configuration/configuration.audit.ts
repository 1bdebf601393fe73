import type { AuditTargets } from '../audit/index.js';
import { settingsIn } from '../settings/settings.document.js';
import type { UpdateConfigurationInput } from './configuration.inputs.js';

/** For calls that change settings: the label is the names of the settings in the patch. */
export const configurationTarget: AuditTargets<UpdateConfigurationInput, unknown> = {
  ofInput: ({ patch }) => ({ type: 'configuration', id: null, label: settingsIn({ ...patch }).join(', ') }),
};
