import { realmProblems, tokenRealmOf } from '../../config/token-realm.js';
import type { DoctorContext } from '../doctor-context.js';
import type { Examination } from '../examination.js';
import { declareCodes } from '../finding.js';

const codes = declareCodes({
  REALM_REFUSED: {
    severity: 'warning',
    why: 'These clients do not send their credentials, and say that the realm is not allowed.',
  },
  REALM_NOT_COMPARED: {
    severity: 'note',
    why: 'Some clients refuse a realm on another host than that of the registry.',
  },
});

/** What registry clients will say of the realm. */
export const realm: Examination = {
  id: 'REALM',
  title: 'Realm of registries',
  codes,
  run: async (context) => {
    context.demand('publicUrl');
    const { publicUrl } = context.environment;
    const registryUrls = registriesOf(context);
    const problems = await realmProblems({ publicUrl, registryUrls });
    const findings = problems.map(({ detail, remedy }) => codes.REALM_REFUSED(detail, remedy));
    const token = tokenRealmOf(context.environment);
    if (registryUrls.length > 0) {
      const registries = registryUrls.map(({ origin }) => origin).join(', ');
      return { findings, well: `No known registry client refuses the realm ${token} of ${registries}.` };
    }
    const found = `The address of the registry is not known, so that the realm ${token} was not compared with it.`;
    const fix = 'Set REGISTRY_PUBLIC_URL to the URL that registry clients use, or give --registry.';
    return { findings: [...findings, codes.REALM_NOT_COMPARED(found, fix)], well: null };
  },
};

function registriesOf({ environment, questions: { registry } }: DoctorContext): readonly URL[] {
  const urls = [...(environment.registryUrls ?? []), ...(registry ? [registry] : [])];
  return [...new Set(urls.map(({ origin }) => origin))].map((origin) => new URL(origin));
}
