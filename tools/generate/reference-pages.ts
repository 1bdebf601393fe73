import { Refusal } from '../../src/common/errors/domain-error.js';
import { fileVariableOf } from '../../src/config/given-variables.js';
import { Variable, VARIABLES } from '../../src/config/variables.js';
import { GENERAL_SETTINGS } from '../../src/settings/general-settings.schema.js';
import { Setting } from '../../src/settings/setting.js';
import { OIDC_SETTINGS } from '../../src/settings/oidc-settings.schema.js';

/** The page of environment variables, for operators. */
export function environmentPage(): string {
  const rows = Object.values<Variable>(VARIABLES).map(({ name, fallback, description, inFile }) => {
    const file = inFile ? ` \`${fileVariableOf({ name })}\` names a file that holds the value instead.` : '';
    return `## \`${name}\`\n\n${description}${file}\n\n${fallback ? `Default: \`${fallback}\`` : 'No default.'}\n`;
  });
  return `# Environment\n\nVariables are also read from the file \`.env\` in the working directory; those of the process take precedence. Invalid values stop the start; the message lists all problems.\n\n${rows.join('\n')}`;
}

function settingOf(name: string, setting: Setting<unknown>): string {
  const { description, fallback, sealed, nullable } = setting;
  const facts = [
    fallback === null ? 'Not set by default.' : `Default: \`${JSON.stringify(fallback)}\`.`,
    ...(nullable ? ['Null clears it.'] : []),
    ...(sealed ? ['Encrypted at rest and never returned.'] : []),
  ];
  return `### \`${name}\`\n\n${description}\n\n${facts.join(' ')}\n`;
}

/** The page of settings that administrators change while Mooring runs. */
export function settingsPage(): string {
  const general = Object.entries(GENERAL_SETTINGS).map(([name, setting]) =>
    settingOf(name, setting as Setting<unknown>),
  );
  const oidc = Object.entries(OIDC_SETTINGS).map(([name, setting]) =>
    settingOf(`oidc.${name}`, setting as Setting<unknown>),
  );
  return `# Settings

Read by the query \`configuration\` and changed by the mutation \`updateConfiguration\`. A change applies from the next request on.
\`authMode\` is \`DATABASE\` by default; it can change only while no user except the built-in administrator exists.

## General

${general.join('\n')}
## The OIDC provider

${oidc.join('\n')}`;
}

/** The page of error codes, each with its refusals, from their declarations. */
export function errorsPage(rows: readonly Refusal[]): string {
  const codes = [...new Set(rows.map(({ code }) => code))].sort();
  const sections = codes.map((code) => {
    const own = rows.filter((row) => row.code === code);
    return `## \`${code}\`\n\n${own.map(refusalOf).join('\n')}\n`;
  });
  return `# Errors

Each refusal has a stable code in \`extensions.code\`, and a message: what happened, and the next step. Where the cause is known more
exactly, the message says more than this page. If a GraphQL field refuses, the HTTP status is 200; the status given here is that of
pages, of plain routes, and of GraphQL documents that were not executed.

${sections.join('\n')}`;
}

function refusalOf({ status, fact, hint, carries = {} }: Refusal): string {
  const extensions = Object.entries(carries).map(([name, meaning]) => `\n  - \`${name}\`: ${meaning}`);
  return `- HTTP ${status}. ${fact} ${hint}${extensions.join('')}`;
}
