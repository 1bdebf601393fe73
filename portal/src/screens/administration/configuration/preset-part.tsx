import { Button, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { words } from '../../../words';
import { changesBy, type FilledField, keptFrom, PRESET_NAMES, presetOf, PRESETS } from './presets';
import { readOnlyReason } from './rows';
import type { ConfigurationForm } from './use-configuration-form';

const OTHER = 'other';

/** The choice of the product, and what is known about it. The choice is not stored. */
export function PresetPart({ form }: { form: ConfigurationForm }) {
  const { presets } = words.configuration;
  const preset = presetOf(form.preset);
  const products = PRESET_NAMES.map((name) => ({ value: name, label: PRESETS[name].product }));
  return (
    <>
      <NativeSelect
        label={presets.label}
        description={presets.note}
        value={form.preset}
        onChange={({ currentTarget }) => form.setPreset(currentTarget.value)}
        data={[{ value: OTHER, label: presets.other }, ...products]}
      />
      {preset && <Known key={preset.name} preset={preset} form={form} />}
    </>
  );
}

interface KnownProps {
  readonly preset: NonNullable<ReturnType<typeof presetOf>>;
  readonly form: ConfigurationForm;
}

function Known({ preset, form }: KnownProps) {
  const { presets } = words.configuration;
  const [outcome, setOutcome] = useState<string>();
  const labelsOf = (names: readonly FilledField[]) => names.map(labelOf).join(', ');
  const use = () => {
    const mayChange = (field: FilledField) => !readOnlyReason(form, field);
    const changed = changesBy(preset, form.draft).filter(mayChange);
    for (const field of changed) form.set(field, preset.values[field]);
    const kept = keptFrom(preset, form.draft).filter(mayChange);
    setOutcome(
      [changed.length > 0 ? presets.filled(labelsOf(changed)) : presets.nothingFilled]
        .concat(kept.length > 0 ? presets.kept(labelsOf(kept)) : [])
        .join(' '),
    );
  };
  return (
    <>
      <Facts preset={preset} />
      <Text size="sm">{presets.notes[preset.name]}</Text>
      <div>
        <Button variant="default" onClick={use}>
          {presets.use}
        </Button>
        <div role="status">
          {outcome && (
            <Text size="sm" mt={4}>
              {outcome} {form.changed.length > 0 && presets.notSaved}
            </Text>
          )}
        </div>
      </div>
    </>
  );
}

function Facts({ preset: { name, endpoint, values, screen, product } }: Pick<KnownProps, 'preset'>) {
  const { presets, redirectUri, postLogoutUri } = words.configuration;
  const rows: readonly (readonly [label: string, text: string | undefined])[] = [
    [labelOf('endpoint'), endpoint],
    [labelOf('scope'), values.scope],
    [labelOf('groupsClaim'), values.groupsClaim || presets.noGroupsClaim],
    [labelOf('extraRedirectParameters'), values.extraRedirectParameters],
    [presets.page(product), presets.pages[name]],
    [presets.calls(redirectUri), screen.redirectUri],
    [presets.calls(postLogoutUri), screen.logoutUri],
    [presets.calls(labelOf('clientSecret')), screen.clientSecret],
  ];
  return (
    <dl className="facts">
      {rows.map(
        ([label, text]) =>
          text && (
            <div key={label} className="fact">
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function labelOf(name: FilledField | 'endpoint' | 'clientSecret'): string {
  return words.configuration.fields[name][0] ?? name;
}
