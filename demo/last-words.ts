import { Access } from './first-setup.js';
import { PEOPLE } from './people.js';

/** What runs, and what the demo may say about it. */
export interface Running {
  readonly mooring: string;
  readonly provider: string;
  readonly folder: string;
  readonly access: Access;
  /** The address of the registry, or the reason why none runs. */
  readonly registry: { readonly address: string } | { readonly missing: string };
}

/** What the demo prints when everything runs: names only what it has started, and credentials only where they count. */
export function lastWords(running: Running): string {
  const { mooring, provider, access } = running;
  return `
Mooring runs at    ${mooring}
Its provider is    ${provider}

${loginLines(running)}
2. Choose a user name, and read your CLI secret at ${mooring}/profile.
3. ${verifyLines(mooring, access.verifierToken)}
4. ${registryLines(running)}
${adminLines(running)}
Ctrl-C ends the demo. Its files stay in ${running.folder}: the next start goes on with them (--fresh begins anew).
`;
}

function loginLines({ mooring, provider, access }: Running): string {
  const people = PEOPLE.map(({ username, groups }) => `${username} (groups: ${groups?.toString() ?? 'none'})`);
  const open = `1. Open ${mooring} and choose "Login via OIDC Provider".`;
  if (access.issuer === provider) return `${open} You can be\n   ${people.join('\n   ')}`;
  if (access.issuer === undefined)
    return `${open} The demo can't log in as administrator, so it has configured nothing:
   if that does not lead to ${provider}, set the provider's endpoint to it, as admin.`;
  return `${open} Mooring is configured for ${access.issuer},
   so the demo's provider is not used. To use it, set the endpoint to ${provider}, as admin.`;
}

function verifyLines(mooring: string, token: string | undefined): string {
  if (token === undefined)
    return `The demo has no service token, and can't log in as administrator to make one. As admin, create a VERIFIER
   token, with which verifyCliSecret tells whether a CLI secret is valid (README.md, "First steps of an administrator").
`;
  const query =
    'query($u: String!, $s: Secret!) { verifyCliSecret(username: $u, secret: $s) { valid status message principal { username groups } } }';
  const body = JSON.stringify({ query, variables: { u: 'lin', s: 'PASTE-THE-CLI-SECRET' } });
  return `Ask, as a registry would, whether it is valid (change lin if you chose another name):

   curl -s ${mooring}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${token}' \\
     -d '${body}'
`;
}

function registryLines({ registry }: Running): string {
  if ('missing' in registry) return `${registry.missing}\n`;
  return `Log in at the registry that runs beside it, and push to users/lin/... as you like (docs/registry.md):

   docker login ${registry.address} -u lin
   skopeo login --tls-verify=false ${registry.address} -u lin
`;
}

function adminLines({ access, folder }: Running): string {
  if (access.adminPassword !== undefined)
    return `The administrator is admin, with the password ${access.adminPassword}\nSo is who logs in as lin, by the group mooring-admins.`;
  return `The administrator is admin, with the password that they have chosen. If it is lost, this makes a new one:

   DATA_DIR=${folder} DATABASE_URL=sqlite:${folder}/mooring.db npx mooring admin reset-password
`;
}
