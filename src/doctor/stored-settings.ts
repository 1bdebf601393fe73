import { InvalidEnvironment } from '../config/env.js';
import { fixingVariableOf } from '../settings/fixed-source.js';
import { FixedSettings, withFixed } from '../settings/fixed-settings.js';
import { fixedSettingsOf } from '../settings/read-fixed-settings.js';
import { fromDocument, StoredSettings } from '../settings/settings.document.js';
import type { DoctorContext } from './doctor-context.js';
import { NotExaminable } from './not-examinable.js';

/** The settings in force: the stored ones, overridden by those that the operator fixed. */
export interface SettingsInForce extends StoredSettings {
  readonly authMode: string;
  readonly fixed: FixedSettings;
}

/** Reads the settings in force. */
export async function settingsInForce(context: DoctorContext): Promise<SettingsInForce> {
  const [row, { cipher }] = [await context.settings(), await context.installation()];
  const fixed = fixedSettingsIn(context);
  const { authMode = row.authMode } = fixed;
  return { authMode, fixed, ...withFixed(fixed, fromDocument(row.document, cipher)) };
}

function fixedSettingsIn(context: DoctorContext): FixedSettings {
  context.demand('fixedSettings', 'settingsFile');
  try {
    return fixedSettingsOf(context.environment);
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    throw new NotExaminable(
      `${fixingVariableOf(context.environment)} is not valid.`,
      'See what is said of the environment.',
    );
  }
}
