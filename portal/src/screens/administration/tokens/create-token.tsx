import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../../../api/refusal';
import { useAction } from '../../../api/use-action';
import { CreateServiceTokenDocument, type ServiceTokenRole } from '../../../generated/graphql';
import { CopyButton } from '../../../ui/copy-button';
import { Dialog, DialogButtons } from '../../../ui/dialog';
import { RefusalNotice } from '../../../ui/notice';
import { words } from '../../../words';

const { tokens } = words;
const ROLES: readonly ServiceTokenRole[] = ['VERIFIER', 'METRICS', 'ADMIN'];
const isRole = (value: string): value is ServiceTokenRole => ROLES.some((role) => role === value);

interface CreateTokenProps {
  readonly onCreated: () => void;
  readonly onClose: () => void;
}

/** Creates a service token, and shows it once. */
export function CreateToken({ onCreated, onClose }: CreateTokenProps) {
  const create = useAction(CreateServiceTokenDocument);
  const [name, setName] = useState('');
  const [role, setRole] = useState<ServiceTokenRole>('VERIFIER');
  const [day, setDay] = useState('');
  const [token, setToken] = useState<string>();
  const send = async () => {
    const expiresAt = day ? new Date(`${day}T23:59:59`).toISOString() : null;
    const answer = await create.run({ input: { name, role, expiresAt } });
    if (!answer) return;
    setToken(answer.createServiceToken.token);
    onCreated();
  };
  if (token) return <ShownOnce name={name} token={token} onClose={onClose} />;
  return (
    <Dialog title={tokens.create} onClose={onClose}>
      <form action={() => void send()}>
        <Stack gap="md">
          <TextInput
            label={tokens.name}
            value={name}
            error={fieldError(create.refusal, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <NativeSelect
            label={tokens.role}
            description={role === 'ADMIN' ? tokens.creatorNote : undefined}
            value={role}
            data={ROLES.map((value) => ({ value, label: tokens.roles[value] }))}
            onChange={({ currentTarget: { value } }) => isRole(value) && setRole(value)}
          />
          <TextInput
            label={tokens.expiresField}
            type="date"
            value={day}
            error={fieldError(create.refusal, 'expiresAt')}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <RefusalNotice refusal={create.refusal} />
        </Stack>
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={create.isBusy}>
            {tokens.makeIt}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function ShownOnce({ name, token, onClose }: { name: string; token: string; onClose: () => void }) {
  return (
    <Dialog title={tokens.onceTitle(name)}>
      <Text fw={600} mb="sm">
        {tokens.once}
      </Text>
      <div className="command">
        <code>{token}</code>
        <CopyButton text={token} what={tokens.theToken} />
      </div>
      <DialogButtons>
        <Button onClick={onClose}>{tokens.done}</Button>
      </DialogButtons>
    </Dialog>
  );
}
