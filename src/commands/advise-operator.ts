import { egressInWords } from '../common/network/egress-proxy.js';
import { releaseOf } from '../common/runtime/release.js';
import { Environment } from '../config/env.js';
import { environmentAdvice } from '../config/environment-advice.js';
import { nodeAdvice } from '../config/node-support.js';
import { fixedAdvice } from '../settings/read-fixed-settings.js';

/** What a server says at its start. */
export interface StartLog {
  info(message: string): void;
  info(fields: object, message: string): void;
  warn(message: string): void;
}

/** Says once which release starts, and what the operator should know of this Node and of the environment. */
export function adviseOperator(environment: Environment, log: StartLog): void {
  const { egress, database, workers } = environment;
  const version = releaseOf(import.meta.dirname);
  const fields = { version, node: process.versions.node, database: database.engine, workers };
  log.info(fields, `Mooring ${version} starts.`);
  const advice = nodeAdvice(process.versions.node, new Date());
  const others = [...environmentAdvice(process.env), ...fixedAdvice(environment)];
  for (const warning of [...(advice ? [advice] : []), ...others]) log.warn(warning);
  const proxies = egressInWords(egress);
  if (proxies !== null) log.info(proxies);
}
