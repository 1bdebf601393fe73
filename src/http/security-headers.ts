import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Environment } from '../config/env.js';
import { basePathOf } from '../config/public-urls.js';

/**
 * The security headers of every response that a browser may show: it may run and load only our own files, and send only
 * to us. Below a path the host is not ours only, so nothing is said about its subdomains. They are the same for all responses, so Helmet computes them once, at the start.
 */
export function securityHeadersOf({ publicUrl }: Environment): Readonly<Record<string, string>> {
  const own = ["'self'"];
  const nothing = ["'none'"];
  const middleware = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: nothing,
        ...{ scriptSrc: own, styleSrc: own, imgSrc: own, connectSrc: own, formAction: own },
        ...{ baseUri: nothing, frameAncestors: nothing },
      },
    },
    strictTransportSecurity: publicUrl.protocol === 'https:' && { includeSubDomains: basePathOf({ publicUrl }) === '' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, (error) => {
    if (error) throw error as Error;
  });
  const headers = Object.entries(response.getHeaders());
  return Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
}
