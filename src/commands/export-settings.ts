import type { INestApplicationContext } from '@nestjs/common';
import { writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { Document } from 'yaml';
import { AuditOutcome, AuditService } from '../audit/index.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { RuleBook } from '../registry/access-rules/index.js';
import { ReservedNamesModule } from '../registry/access-rules/reserved-names.module.js';
import type { FixedRule } from '../registry/rule-contents/index.js';
import { sendsSecret } from '../settings/client-authentication.js';
import { ACCESS_RULES } from '../settings/fixed-values.js';
import { defaultSettings } from '../settings/settings.document.js';
import { SettingsService } from '../settings/settings.service.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { quoted } from './terminal-text.js';

/** The variable that an export names in place of the client secret. */
const SECRET_VARIABLE = 'MOORING_OIDC_CLIENT_SECRET';
const SECRET_PLACE = { env: SECRET_VARIABLE };

const HEADER = ` The settings and access rules of this installation that differ from the defaults, for SETTINGS_FILE.
 What stands here cannot be changed in the portal. docs/settings-file.md has the form.`;
const WITHOUT_SECRET = `
 The client secret is not in this file: set ${SECRET_VARIABLE}, or name a file with { file: PATH }.`;

/** How settings are to be exported. */
export interface SettingsExport {
  readonly withSecrets: boolean;
  readonly asJson: boolean;
  /** A file that must not exist; without it the text is returned. */
  readonly out?: string;
}

/**
 * Writes the settings and access rules in force in the form of a settings file: those that differ from the defaults.
 *
 * @returns the text; null if it is in the file `out`, which only its owner can read
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 * @throws {Error} if the file exists
 */
export function exportSettings({ withSecrets, asJson, out }: SettingsExport): Promise<string | null> {
  return inCommandContext([ReservedNamesModule], async (app) => {
    const values = { ...(await settingsOf(app, withSecrets)), ...(await rulesOf(app)) };
    const text = asJson ? `${JSON.stringify(values, null, 2)}\n` : yamlOf(values, withSecrets);
    if (out === undefined) return text;
    await writeNew(out, text);
    if (withSecrets) await noteExport(app);
    return null;
  });
}

async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx', mode: 0o600 }).catch(({ code = 'no code' }: NodeJS.ErrnoException) => {
    if (code === 'EEXIST') throw new Error(`${path} exists already. Name another file, or remove it.`);
    throw new Error(`${path} could not be written (${code}).`);
  });
}

type Values = Readonly<Record<string, unknown>>;

async function settingsOf(app: INestApplicationContext, withSecrets: boolean): Promise<Values> {
  const { authMode, general, oidc } = await app.get(SettingsService).catchUp();
  const defaults = defaultSettings();
  // The first of adminGroups, under the name that the first release knew.
  const { adminGroup: _, clientSecret, ...others } = changedIn(oidc, defaults.oidc, withSecrets);
  // The two are fixed together; a secret that can't be decrypted counts as not set.
  const isSecretNeeded = oidc.endpoint !== null && sendsSecret(oidc);
  const ofOidc = { ...others, ...(isSecretNeeded && { clientSecret: clientSecret ?? SECRET_PLACE }) };
  const provider = Object.keys(ofOidc).length > 0 && { oidc: ofOidc };
  return { authMode, ...changedIn(general, defaults.general, withSecrets), ...provider };
}

function changedIn(values: object, defaults: object, withSecrets: boolean): Values {
  const changed = Object.entries(values).filter(
    ([name, value]) => !isDeepStrictEqual(value, (defaults as Values)[name]),
  );
  return Object.fromEntries(changed.map(([name, value]) => [name, shown(value, withSecrets)]));
}

function shown(value: unknown, withSecrets: boolean): unknown {
  if (!(value instanceof SecretText)) return value;
  return withSecrets ? value.reveal() : SECRET_PLACE;
}

/** Rules for registries that are not there any more grant nothing, and no start would accept them in a file. */
async function rulesOf(app: INestApplicationContext): Promise<Values> {
  const { registryServices } = app.get<Environment>(ENVIRONMENT);
  const isThere = ({ service }: FixedRule) => service === null || registryServices.some(({ name }) => name === service);
  const rules = await app.get(RuleBook).written();
  const kept = rules.filter(isThere);
  if (kept.length < rules.length) tellLeftOut(rules.filter((rule) => !isThere(rule)));
  return kept.length === 0 ? {} : { [ACCESS_RULES]: kept.map(partsOf) };
}

function tellLeftOut(rules: readonly FixedRule[]): void {
  const names = [...new Set(rules.map(({ service }) => quoted(service ?? '')))].join(', ');
  const told =
    rules.length === 1 ? '1 access rule was left out: it is' : `${rules.length} access rules were left out: they are`;
  process.stderr.write(`${told} for a registry service that is not configured (${names}).\n`);
}

function partsOf({ repositoryPattern, actions, subjectKind, ...more }: FixedRule): object {
  const { username, groupName, service } = more;
  const named = Object.entries({ username, groupName, service }).filter(([, value]) => value !== null);
  return { repositoryPattern, actions, subjectKind, ...Object.fromEntries(named) };
}

function yamlOf(values: Values, withSecrets: boolean): string {
  const document = new Document(values, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  const { clientSecret } = (values.oidc ?? {}) as { clientSecret?: unknown };
  document.commentBefore = clientSecret !== undefined && !withSecrets ? HEADER + WITHOUT_SECRET : HEADER;
  return document.toString({ lineWidth: 0 });
}

function noteExport(app: INestApplicationContext): Promise<void> {
  return app.get(AuditService).write({
    action: 'configuration.export',
    target: null,
    ...BY_THIS_MACHINE,
    outcome: AuditOutcome.SUCCEEDED,
  });
}
