import { Complain } from './given-variables.js';
import { VARIABLES } from './variables.js';

/** A registry that asks for tokens, or several that share a name: its clients send the name as `service`. */
export interface RegistryService {
  /** The audience of its tokens. */
  readonly name: string;
  /** Whether a key and a certificate of its own sign its tokens, which no other registry trusts. */
  readonly hasOwnCertificate: boolean;
}

const MOST_SERVICES = 50;
const LONGEST_NAME = 255;
const OWN_CERTIFICATE = 'key=certificate';
/** ASCII without what separates names, or what a header would have to escape. */
const NAME = /^[\x20\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;
const NAME_IN_URL = /^[A-Za-z0-9][A-Za-z0-9 ._~:-]*$/;

/** The services that `REGISTRY_SERVICES` lists: names separated by commas, each perhaps followed by `;key=certificate`. */
export function registryServicesIn(text: string, complain: Complain): RegistryService[] {
  const parts = text.split(',').map((part) => part.split(';').map((word) => word.trim()));
  const services = parts.map(([name = '', ...options]) => ({ name, hasOwnCertificate: options.length > 0 }));
  for (const problem of [...problemsOfNames(services), ...problemsOfOptions(parts)])
    complain(VARIABLES.registryServices, problem);
  return services;
}

function problemsOfNames(services: readonly RegistryService[]): string[] {
  const names = services.map(({ name }) => name);
  const inUrls = services.filter(({ hasOwnCertificate }) => hasOwnCertificate).map(({ name }) => name);
  const form = `1 to ${LONGEST_NAME} ASCII characters, without quotes, backslashes, commas or semicolons`;
  const formInUrl = 'letters, digits, spaces, -, ., _, ~ or :, with a letter or digit first';
  return [
    ...(names.every((name) => NAME.test(name) && name.length <= LONGEST_NAME)
      ? []
      : [`must be names separated by commas, each of ${form}.`]),
    ...(inUrls.every((name) => NAME_IN_URL.test(name))
      ? []
      : [`must have names with ;${OWN_CERTIFICATE} that can be part of a URL: ${formInUrl}.`]),
    ...(new Set(names).size === names.length ? [] : ['must list each name only once.']),
    ...(names.length <= MOST_SERVICES ? [] : [`must list at most ${MOST_SERVICES} names.`]),
  ];
}

function problemsOfOptions(parts: readonly (readonly string[])[]): string[] {
  const isKnown = ([, ...options]: readonly string[]) =>
    options.length === 0 || (options.length === 1 && options[0] === OWN_CERTIFICATE);
  return parts.every(isKnown) ? [] : [`takes only one option after a name: ;${OWN_CERTIFICATE}, once.`];
}
