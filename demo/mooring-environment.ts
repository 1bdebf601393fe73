import { VARIABLES } from '../src/config/variables.js';

/** Where the demo's Mooring runs. */
interface Place {
  readonly url: string;
  readonly port: number;
  /** An absolute path. */
  readonly folder: string;
  /** The port of the registry beside it; undefined if none is to run. */
  readonly registry: number | undefined;
}

/** Variables of Mooring that are set for another installation, such as the operator's own. */
const FOREIGN: ReadonlySet<string> = new Set(Object.values(VARIABLES).flatMap(({ name }) => [name, `${name}_FILE`]));

/** The environment of a Mooring on 127.0.0.1 that keeps everything in one folder. */
export function mooringEnvironment({ url, port, folder, registry }: Place): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.has(name));
  return {
    ...Object.fromEntries(inherited),
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    // The commands of the profile name its address.
    ...(registry !== undefined && { REGISTRY_PUBLIC_URL: `http://localhost:${registry}` }),
    DATABASE_URL: `sqlite:${folder}/mooring.db`,
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
  };
}
