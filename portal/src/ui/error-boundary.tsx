import { Button, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { words } from '../words';
import { Notice } from './notice';

/** Stands in for a screen that broke, or whose files no longer exist on a server that is newer than the page. */
export class Mishap extends Component<{ children: ReactNode }, { hasHappened: boolean }> {
  override state = { hasHappened: false };

  static getDerivedStateFromError() {
    return { hasHappened: true };
  }

  override render() {
    if (!this.state.hasHappened) return this.props.children;
    return (
      <Notice kind="bad" title={words.mishap.title}>
        <Stack gap="sm" align="start">
          {words.mishap.text}
          <Button onClick={() => location.reload()}>{words.mishap.again}</Button>
        </Stack>
      </Notice>
    );
  }
}
