import { Button } from '@mantine/core';
import { words } from '../../../words';
import type { Draft } from './draft';
import { focusField } from './focus-field';
import { readOnlyReason } from './rows';
import type { ConfigurationForm } from './use-configuration-form';

const FIXABLE = ['endpoint', 'discoveryUrl', 'scope'] as const;

/** A field, with the value that would fix a finding. */
export interface Fix {
  readonly setting: (typeof FIXABLE)[number];
  readonly value: string;
}

/** The fixes of the server that this form can apply. */
export function knownFixes(fixes: readonly { readonly setting: string; readonly value: string }[]): readonly Fix[] {
  return fixes.filter((fix): fix is Fix => FIXABLE.some((setting) => setting === fix.setting));
}

/** The fix of a field that the server refuses as typed, where the value is known. */
export function fixesOfField(name: string, { scope }: Draft): readonly Fix[] {
  const scopes = scope.split(/[\s,]+/).filter((part) => part !== '');
  if (name !== 'scope' || scopes.includes('openid')) return [];
  return [{ setting: 'scope', value: ['openid', ...scopes].join(',') }];
}

interface FixButtonProps {
  readonly fixes: readonly Fix[];
  /** The finding, for those who hear the button without its row. */
  readonly of: string;
  readonly form: ConfigurationForm;
  /** Called before the focus goes to the field. */
  readonly onLeave: (() => void) | undefined;
}

/** Puts the values that would fix a finding into the form; nothing is saved by it. */
export function FixButton({ fixes, of, form, onLeave }: FixButtonProps) {
  const first = fixes[0];
  if (!first || fixes.some(({ setting }) => readOnlyReason(form, setting))) return null;
  const fill = () => {
    for (const { setting, value } of fixes) form.set(setting, value);
    onLeave?.();
    focusField(first.setting);
  };
  return (
    <Button variant="light" size="compact-sm" onClick={fill} aria-label={words.configuration.fixThis(of)}>
      {words.configuration.fix}
    </Button>
  );
}
