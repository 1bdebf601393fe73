import { useLocalStorage } from '@mantine/hooks';
import { basePath } from '../api/base-path';

const KEY = `mooring-registry${basePath}`;
const EXAMPLE = 'registry.example.com';

/** The address that docker uses, as it was entered in this browser. */
export interface RegistryAddress {
  /** The entered address, or an example. */
  readonly registry: string;
  /** The address; undefined as long as nobody has entered it. */
  readonly known: string | undefined;
  readonly setRegistry: (address: string) => void;
}

/** The registry's address, remembered in this browser and the same in all places that show it. */
export function useRegistryAddress(): RegistryAddress {
  const [entered, setRegistry] = useLocalStorage<string | undefined>({ key: KEY, getInitialValueInEffect: false });
  const address = entered?.trim();
  return { registry: address || EXAMPLE, known: address === EXAMPLE ? undefined : address || undefined, setRegistry };
}
