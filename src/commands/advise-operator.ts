import { egressInWords } from '../common/network/egress-proxy.js';
import { Environment } from '../config/env.js';
import { environmentAdvice } from '../config/environment-advice.js';
import { nodeAdvice } from '../config/node-support.js';

/** What a server says at its start. */
export interface StartLog {
  info(message: string): void;
  warn(message: string): void;
}

/** Says once what the operator should know of this Node and of the environment. */
export function adviseOperator({ egress }: Environment, log: StartLog): void {
  const advice = nodeAdvice(process.versions.node, new Date());
  for (const warning of [...(advice ? [advice] : []), ...environmentAdvice(process.env)]) log.warn(warning);
  const proxies = egressInWords(egress);
  if (proxies !== null) log.info(proxies);
}
