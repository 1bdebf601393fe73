import { missingForOidcMode } from '../../settings/oidc-settings.schema.js';
import { fixedNames } from '../../settings/fixed-settings.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { SettingsInForce, settingsInForce } from '../stored-settings.js';

const codes = declareCodes({
  SETTINGS_INCOMPLETE: { severity: 'error', why: 'Nobody but the built-in administrator can log in.' },
  SETTINGS_FIXED: { severity: 'note', why: 'They cannot be changed in the portal.' },
});

/**
 * The settings in force. What the settings files of replicas say, and whether their digests agree, belongs here, as further codes
 * of this examination.
 */
export const settings: Examination = {
  id: 'SETTINGS',
  title: 'Settings',
  codes,
  run: async (context) => {
    const inForce = await settingsInForce(context);
    const findings = [...incompleteFindings(inForce), ...fixedFindings(inForce)];
    return { findings, well: `The auth mode is ${inForce.authMode}.` };
  },
};

function incompleteFindings({ authMode, oidc }: SettingsInForce): Finding[] {
  const missing = authMode === 'OIDC' ? missingForOidcMode(oidc) : [];
  if (missing.length === 0) return [];
  const fix = `Set ${missing.join(', ')} in the portal, or in FIXED_SETTINGS.`;
  return [codes.SETTINGS_INCOMPLETE(`The auth mode is OIDC, and these are not set: ${missing.join(', ')}.`, fix)];
}

function fixedFindings({ fixed }: SettingsInForce): Finding[] {
  const names = fixedNames(fixed);
  return names.length === 0 ? [] : [codes.SETTINGS_FIXED(`FIXED_SETTINGS fixes ${names.join(', ')}.`)];
}
