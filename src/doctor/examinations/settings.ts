import { noneIfMissing } from '../../common/persistence/missing-table.js';
import { missingForOidcMode } from '../../settings/oidc-settings.schema.js';
import { fixedNames } from '../../settings/fixed-settings.js';
import { checkedFixed, fixedDigestOf } from '../../registry/rule-contents/index.js';
import { fixedSourceOf } from '../../settings/read-fixed-settings.js';
import { THERE_FOR_MS } from '../../settings/settings-agreement.service.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { knownServicesOf } from '../known-environment.js';
import { SettingsInForce, settingsInForce } from '../stored-settings.js';

const codes = declareCodes({
  SETTINGS_INCOMPLETE: { severity: 'error', why: 'Nobody but the built-in administrator can log in.' },
  SETTINGS_DIFFER: {
    severity: 'warning',
    why: 'What an administrator sees and who may do what depends on the server that answers.',
  },
  SETTINGS_FIXED: { severity: 'note', why: 'They cannot be changed in the portal.' },
});

/** The settings in force, and whether the servers that run were given the same ones from outside. */
export const settings: Examination = {
  id: 'SETTINGS',
  title: 'Settings',
  codes,
  run: async (context) => {
    const inForce = await settingsInForce(context);
    const differing = await differingFindings(context);
    const findings = [...incompleteFindings(inForce), ...differing, ...fixedFindings(inForce)];
    return { findings, well: `The auth mode is ${inForce.authMode}.` };
  },
};

const OTHER_HOSTS = 'SELECT DISTINCT host FROM fixed_settings_digests WHERE seen_at > ? AND digest <> ?';

/** The servers that were given other settings than this command: they may have an older file. */
async function differingFindings(context: DoctorContext): Promise<Finding[]> {
  const [database, installation] = [await context.database(), await context.installation()];
  const since = new Date(context.clock.now().getTime() - THERE_FOR_MS).toISOString().replace('T', ' ').replace('Z', '');
  // What is wrong with it is said of the environment; nothing of it is in force.
  if (!isSound(context)) return [];
  const digest = fixedDigestOf(context.environment, installation);
  // A database that is to be migrated first has no such table.
  const others = await database.rows<{ host: string }>(OTHER_HOSTS, [since, digest]).catch(noneIfMissing);
  if (others.length === 0) return [];
  const hosts = others.map(({ host }) => host).join(', ');
  return [
    codes.SETTINGS_DIFFER(
      `Servers on ${hosts} were given other settings in FIXED_SETTINGS or SETTINGS_FILE than this command.`,
      'Give all servers and this command the same file, and restart the servers that have an older one.',
    ),
  ];
}

function isSound({ environment, known }: DoctorContext): boolean {
  const [source, services] = [fixedSourceOf(environment), knownServicesOf(known)];
  return services !== null && (!source || checkedFixed(source, services).problems.length === 0);
}

function incompleteFindings({ authMode, oidc }: SettingsInForce): Finding[] {
  const missing = authMode === 'OIDC' ? missingForOidcMode(oidc) : [];
  if (missing.length === 0) return [];
  const fix = `Set ${missing.join(', ')} in the portal, or where settings are fixed (FIXED_SETTINGS, SETTINGS_FILE).`;
  return [codes.SETTINGS_INCOMPLETE(`The auth mode is OIDC, and these are not set: ${missing.join(', ')}.`, fix)];
}

function fixedFindings({ fixed }: SettingsInForce): Finding[] {
  const names = fixedNames(fixed);
  return names.length === 0 ? [] : [codes.SETTINGS_FIXED(`${fixed.variable} fixes ${names.join(', ')}.`)];
}
