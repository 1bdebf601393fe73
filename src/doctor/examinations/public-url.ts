import { X509Certificate } from 'node:crypto';
import { certificatesIn } from '../../common/crypto/certificates.js';
import { isLoopback } from '../../common/network/loopback.js';
import { publicAddressOf, publicUrlOf } from '../../config/public-urls.js';
import { CERTIFICATE_PATH } from '../../registry/keys/index.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { askHttp, HttpAnswer, isOfTls, NoAnswer } from '../http-question.js';
import { NotExaminable } from '../not-examinable.js';
import { storedCertificates } from '../stored-certificates.js';
import { directAddressOf, FORWARDING_CODES, forwardingFindings } from './forwarding.js';

const OWN = declareCodes({
  PUBLIC_URL_PLAIN: {
    severity: 'warning',
    why: 'Passwords and sessions cross the network in the clear, and registry clients refuse such a realm.',
  },
  PUBLIC_URL_SILENT: {
    severity: 'error',
    why: 'Browsers come back from the provider to nobody, and registry clients get no token.',
  },
  PUBLIC_URL_UNREACHED: {
    severity: 'warning',
    why: 'If users cannot reach it either, no login and no docker login works.',
  },
  PUBLIC_URL_CERTIFICATE: {
    severity: 'warning',
    why: 'Browsers and registry clients that do not trust it either go no further.',
  },
  PUBLIC_URL_ELSEWHERE: {
    severity: 'error',
    why: 'The provider sends browsers to another place than this installation, so that no login ends.',
  },
  PUBLIC_URL_REDIRECTS: {
    severity: 'error',
    why: 'Registry clients do not send credentials to another address, and a redirect URI must be the exact one.',
  },
  SMALL_HEADERS: {
    severity: 'warning',
    why: 'Browsers with several cookies, and long answers of a provider, are refused before they reach Mooring.',
  },
});

/** A browser with the cookies of some neighbours, and the code of a provider that puts tokens into it. */
const HEADER_SIZE = 6_000;

/** Whether PUBLIC_URL leads here, and what a proxy on the way does. */
export const publicUrl: Examination = {
  id: 'PUBLIC_URL',
  title: 'PUBLIC_URL, redirect URI and proxies',
  codes: { ...OWN, ...FORWARDING_CODES },
  run: async (context, signal) => {
    context.demand('publicUrl', 'port', 'host');
    const { environment } = context;
    const answer = await askHttp(publicUrlOf(environment, CERTIFICATE_PATH), signal);
    const plain = plainFindings(environment.publicUrl);
    const address = publicAddressOf(environment);
    const way = 'failure' in answer ? await silence(context, answer, signal) : await place(context, answer);
    if (way.length > 0 || 'failure' in answer) return { findings: [...plain, ...way], well: null };
    const findings = [
      ...plain,
      ...(await headerFindings(context, signal)),
      ...(await forwardingFindings(context, signal)),
    ];
    return { findings, well: `${address} leads to this installation; the redirect URI is ${address}/c/oidc/callback.` };
  },
};

function plainFindings(url: URL): Finding[] {
  if (url.protocol === 'https:' || isLoopback(url)) return [];
  const found = `PUBLIC_URL ${url.origin} has no TLS.`;
  return [OWN.PUBLIC_URL_PLAIN(found, 'Let a proxy end TLS (examples/nginx), and set PUBLIC_URL to the https URL.')];
}

async function silence(context: DoctorContext, answer: NoAnswer, signal: AbortSignal): Promise<Finding[]> {
  const address = publicAddressOf(context.environment);
  if (isOfTls(answer)) {
    const fix =
      'Renew or replace the certificate; for a private authority, add it with NODE_EXTRA_CA_CERTS, here and at clients.';
    return [
      OWN.PUBLIC_URL_CERTIFICATE(`This machine does not trust the certificate of ${address} (${answer.failure}).`, fix),
    ];
  }
  const direct = await askHttp(new URL('/health/live', directAddressOf(context)), signal);
  if ('failure' in direct) {
    const found = `Nothing answers at ${address} (${answer.failure}), and no server runs at ${directAddressOf(context)}.`;
    throw new NotExaminable(found, 'Start the server, and run this again.');
  }
  const found = `${address} can't be reached from here (${answer.failure}), although a server answers at ${directAddressOf(context)}.`;
  return [
    OWN.PUBLIC_URL_UNREACHED(found, 'Correct PUBLIC_URL, or the name server, the firewall or the proxy on the way.'),
  ];
}

/** Whether what answers is this installation: its certificate for registries is that of no other one. */
async function place(context: DoctorContext, { status, headers, body }: HttpAnswer): Promise<Finding[]> {
  const address = publicAddressOf(context.environment);
  if (status >= 300 && status < 400) {
    const fix = 'Set PUBLIC_URL to the address that it redirects to, if that is the one that users have.';
    return [OWN.PUBLIC_URL_REDIRECTS(`${address} redirects to ${originOf(headers.location)}.`, fix)];
  }
  if (status >= 500) {
    const fix = `Start the server, or correct the address of Mooring in the proxy: it should be ${directAddressOf(context)}.`;
    return [OWN.PUBLIC_URL_SILENT(`A proxy at ${address} answers HTTP ${status} in place of Mooring.`, fix)];
  }
  const [theirs] = status === 200 ? certificatesIn(body) : [];
  if (!theirs) {
    const fix = `Let the proxy pass everything below ${address}/ on to ${directAddressOf(context)}, or correct the path in PUBLIC_URL.`;
    return [
      OWN.PUBLIC_URL_ELSEWHERE(`${address}${CERTIFICATE_PATH} is not answered by Mooring (HTTP ${status}).`, fix),
    ];
  }
  const ours = (await storedCertificates(context)).filter(({ service }) => service === null);
  if (ours.some(({ certificate }) => new X509Certificate(certificate).fingerprint256 === theirs.fingerprint256))
    return [];
  const fix =
    'Correct PUBLIC_URL or the proxy, or run the command with the environment of the installation that answers.';
  return [OWN.PUBLIC_URL_ELSEWHERE(`Another installation of Mooring answers at ${address}.`, fix)];
}

/** A location may have a query with something secret. */
function originOf(location = ''): string {
  return URL.canParse(location) ? new URL(location).origin + new URL(location).pathname : 'another path';
}

async function headerFindings({ environment }: DoctorContext, signal: AbortSignal): Promise<Finding[]> {
  const url = publicUrlOf(environment, `/health/live?code=${'a'.repeat(HEADER_SIZE)}`);
  const answer = await askHttp(url, signal, { cookie: `mooring-doctor=${'b'.repeat(HEADER_SIZE)}` });
  if ('failure' in answer || answer.status === 200) return [];
  const found = `A request with ${HEADER_SIZE} bytes each of URL and cookies is answered with HTTP ${answer.status}.`;
  return [OWN.SMALL_HEADERS(found, 'For nginx: large_client_header_buffers 4 16k; in the server block.')];
}
