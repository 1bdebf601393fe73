import { tokenRealmOf } from '../../config/token-realm.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { askHttp, HttpAnswer } from '../http-question.js';

const codes = declareCodes({
  REGISTRY_NOT_NAMED: { severity: 'note', why: 'Whether a registry sends its clients here was not examined.' },
  REGISTRY_SILENT: { severity: 'error', why: 'No client reaches the registry there.' },
  REGISTRY_OPEN: { severity: 'error', why: 'Everybody can pull and push without logging in.' },
  REGISTRY_WITHOUT_TOKENS: { severity: 'error', why: 'Registry clients are never sent to Mooring.' },
  REGISTRY_REALM: {
    severity: 'error',
    why: 'Registry clients ask another address for tokens, and send their credentials there.',
  },
  REGISTRY_SERVICE: {
    severity: 'error',
    why: 'The registry refuses tokens for another service, or Mooring issues none for it.',
  },
});

/** What the registry says of tokens, compared with this installation. */
export const registry: Examination = {
  id: 'REGISTRY',
  title: 'Registry',
  codes,
  run: async (context, signal) => {
    const { registry: url } = context.questions;
    if (!url)
      return {
        findings: [codes.REGISTRY_NOT_NAMED('No registry was named.', 'Give --registry and its URL.')],
        well: null,
      };
    context.demand('publicUrl', 'registryService', 'registryServices');
    const base = url.href.endsWith('/') ? url : new URL(`${url.href}/`);
    const answer = await askHttp(new URL('v2/', base), signal);
    if ('failure' in answer) {
      const found = `${url.origin} does not answer (${answer.failure}).`;
      return { findings: [codes.REGISTRY_SILENT(found, 'Start the registry, or correct the URL.')], well: null };
    }
    const findings = registryFindings(context, url, answer);
    return { findings, well: `${url.origin} sends its clients to this installation.` };
  },
};

function registryFindings(context: DoctorContext, { origin }: URL, { status, headers }: HttpAnswer): Finding[] {
  const fix = 'Configure auth: token: in the registry, as docs/registry.md describes it.';
  if (status === 200) return [codes.REGISTRY_OPEN(`${origin}/v2/ answers without asking for a token.`, fix)];
  const challenge = bearerIn(headers['www-authenticate'] ?? '');
  if (status !== 401 || challenge === null) {
    const asked = (headers['www-authenticate'] ?? 'nothing').split(' ')[0] ?? '';
    return [
      codes.REGISTRY_WITHOUT_TOKENS(`${origin}/v2/ answers HTTP ${status} and asks for ${asked}, not for Bearer.`, fix),
    ];
  }
  return [...realmFindings(context, challenge.realm), ...serviceFindings(context, challenge.service)];
}

/** The parameters of a Bearer challenge (RFC 6750, section 3); null if there is none. */
export function bearerIn(header: string): { readonly realm: string; readonly service: string } | null {
  const [, rest] = /\bBearer\s+(.*)$/is.exec(header) ?? [];
  if (rest === undefined) return null;
  const valueOf = (name: string) => new RegExp(`(?:^|[,\\s])${name}="([^"]*)"`, 'i').exec(rest)?.[1] ?? '';
  return { realm: valueOf('realm'), service: valueOf('service') };
}

function realmFindings({ environment }: DoctorContext, told: string): Finding[] {
  const ours = tokenRealmOf(environment);
  if (URL.canParse(told) && new URL(told).href === ours) return [];
  const found = `The registry names the realm ${withoutSecrets(told)}, and this installation is ${ours}.`;
  return [codes.REGISTRY_REALM(found, `Set auth.token.realm of the registry to ${ours}, or correct PUBLIC_URL.`)];
}

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return JSON.stringify(address);
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}

function serviceFindings({ environment: { registryServices } }: DoctorContext, told: string): Finding[] {
  const names = registryServices.map(({ name }) => name);
  if (names.includes(told)) return [];
  const found = `The registry names the service ${JSON.stringify(told)}, and this installation knows ${names.join(', ')}.`;
  return [
    codes.REGISTRY_SERVICE(
      found,
      `Set REGISTRY_SERVICE=${told}, or auth.token.service of the registry to ${names[0] ?? ''}.`,
    ),
  ];
}
