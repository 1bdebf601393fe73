import { RealmPlace, realmProblems, tokenRealmOf } from '../../config/token-realm.js';
import { Finding, passed, skipped, warning } from './provider-report.js';

const oneLine = (sentences: readonly string[]) => [...new Set(sentences)].join(' ');

/** Whether the clients of the registries take Mooring's address as the realm. Asks no provider. */
export async function registryClientsFinding(place: RealmPlace): Promise<Finding> {
  const problems = await realmProblems(place);
  if (problems.length > 0) {
    return warning(oneLine(problems.map(({ detail }) => detail)), oneLine(problems.map(({ remedy }) => remedy)));
  }
  const registries = (place.registryUrls ?? []).map(({ origin }) => origin).join(', ');
  if (registries) return passed(`No known registry client refuses the realm ${tokenRealmOf(place)} of ${registries}.`);
  return skipped(
    `The address of the registry is not known, so that the realm ${tokenRealmOf(place)} was not compared with it.`,
    'Set REGISTRY_PUBLIC_URL to the URL that registry clients use.',
  );
}
