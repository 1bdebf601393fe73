import { Button, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { words } from '../words';
import { Notice } from './notice';

/** Replaces a screen that threw an error, or whose files no longer exist because the server was upgraded. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Notice kind="error" title={words.errorBoundary.title}>
        <Stack gap="sm" align="start">
          {words.errorBoundary.text}
          <Button onClick={() => location.reload()}>{words.errorBoundary.reload}</Button>
        </Stack>
      </Notice>
    );
  }
}
