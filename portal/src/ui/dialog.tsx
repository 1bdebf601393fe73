import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose?: () => void;
}

/** The browser's modal dialog: it traps the focus, closes on Escape if there is an `onClose`, and restores the focus. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // Browsers close the dialog on a second Escape even if the first was prevented: without onClose it is opened again.
      onClose={() => (onClose ? onClose() : dialog.current?.showModal())}
    >
      <Title order={2} size="h3" id={titleId} mb="sm">
        {title}
      </Title>
      {children}
    </dialog>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return (
    <Group justify="flex-end" gap="sm" mt="lg">
      {children}
    </Group>
  );
}
