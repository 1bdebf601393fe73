import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRegistryAddress } from './registry-address';
import { words } from '../words';

interface RegistryPlaceProps {
  /** Where the registry is, as the server knows it; if it doesn't, the address typed in this browser is shown, if any. */
  readonly registry: string | null | undefined;
  /** The place that the name gives; nothing if it is not known, or there is none. */
  readonly name: string | null | undefined;
  readonly isMissing: boolean;
  /** What helps if there is none. */
  readonly children?: ReactNode;
}

/** Where the images of a user name are in the registry, or that it gives them no place. */
export function RegistryPlace({ registry, name, isMissing, children }: RegistryPlaceProps) {
  const { known } = useRegistryAddress();
  const path = [registry ?? known, name, words.onboarding.image].filter(Boolean).join('/');
  return (
    <Text
      component="div"
      size="sm"
      role="status"
      className="registry-place"
      c={isMissing ? 'var(--warning)' : 'dimmed'}
    >
      {name && (
        <>
          {words.onboarding.place} <code dir="ltr">{path}</code>
        </>
      )}
      {isMissing && words.onboarding.noPlace} {children}
    </Text>
  );
}
