import type { Environment } from '../config/env.js';

/**
 * Where docker and other clients find the registry, each a host or host:port; the first is the one to show. It is the
 * setting, or else the hosts of REGISTRY_PUBLIC_URL.
 */
export function shownRegistryAddresses(
  setting: readonly string[],
  { registryUrls = [] }: Pick<Environment, 'registryUrls'>,
): readonly string[] {
  return setting.length > 0 ? setting : [...new Set(registryUrls.map(({ host }) => host))];
}
