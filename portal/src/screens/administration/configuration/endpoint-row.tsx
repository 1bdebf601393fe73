import { Text } from '@mantine/core';
import { useState } from 'react';
import { words } from '../../../words';
import { readPastedEndpoint, type PastedEndpoint } from './pasted-endpoint';
import { presetOf } from './presets';
import { TextRow } from './rows';
import type { ConfigurationForm } from './use-configuration-form';

/** The endpoint: what was pasted is corrected when the field is left, and a note says how. */
export function EndpointRow({ form }: { form: ConfigurationForm }) {
  const [read, setRead] = useState<PastedEndpoint>();
  const { correctedBy, corrections } = words.configuration;
  const correct = () => {
    const pasted = readPastedEndpoint(form.draft.endpoint);
    if (pasted.corrections.length === 0) return;
    form.set('endpoint', pasted.endpoint);
    if (pasted.discoveryUrl !== null) form.set('discoveryUrl', pasted.discoveryUrl);
    setRead(pasted);
  };
  const isShown = read !== undefined && read.endpoint === form.draft.endpoint;
  return (
    <div>
      <TextRow form={form} name="endpoint" placeholder={presetOf(form.preset)?.endpoint ?? ''} onLeave={correct} />
      <div role="status" className="note-line">
        {isShown && (
          <Text size="sm" mt={4}>
            {correctedBy(read.corrections.map((correction) => corrections[correction]).join(', '))}
          </Text>
        )}
      </div>
    </div>
  );
}
