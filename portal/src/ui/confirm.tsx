import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Refusal } from '../api/refusal';
import { words } from '../words';
import { Dialog, DialogButtons } from './dialog';
import { RefusalNotice } from './notice';

interface ConfirmProps {
  readonly title: string;
  readonly text: ReactNode;
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  readonly refusal?: Refusal;
  readonly cancel?: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for confirmation in a dialog. */
export function Confirm(props: ConfirmProps) {
  const { title, text, action, isDangerous, isBusy, refusal, cancel, onConfirm, onCancel } = props;
  return (
    <Dialog title={title} onClose={onCancel}>
      <Stack gap="sm">
        {typeof text === 'string' ? <Text>{text}</Text> : text}
        <RefusalNotice refusal={refusal} />
      </Stack>
      <DialogButtons>
        <Button variant="default" onClick={onCancel}>
          {cancel ?? words.cancel}
        </Button>
        <Button color={isDangerous ? 'red' : undefined} loading={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
