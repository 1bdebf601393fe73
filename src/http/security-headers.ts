import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Environment } from '../config/env.js';

/**
 * What every answer that a browser may show tells the browser: to run, load and send nothing but our own. It is the same
 * for all answers, so Helmet is asked once, at the start.
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
    strictTransportSecurity: publicUrl.protocol === 'https:',
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
