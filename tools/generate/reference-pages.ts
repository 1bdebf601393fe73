import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VARIABLES } from '../../src/config/env.js';
import { GENERAL_SETTINGS } from '../../src/settings/general-settings.schema.js';
import { Setting } from '../../src/settings/setting.js';
import { OIDC_SETTINGS } from '../../src/settings/oidc-settings.schema.js';

/** The variables of the environment, for operators. */
export function environmentPage(): string {
  const rows = Object.values(VARIABLES).map(({ name, fallback, description }) => {
    return `## \`${name}\`\n\n${description}\n\n${fallback ? `Default: \`${fallback}\`` : 'No default.'}\n`;
  });
  return `# Environment\n\nBad values stop the start, with a list of all problems.\n\n${rows.join('\n')}`;
}

function settingOf(name: string, setting: Setting<unknown>): string {
  const { description, fallback, sealed, nullable } = setting;
  const facts = [
    fallback === null ? 'Not set by default.' : `Default: \`${JSON.stringify(fallback)}\`.`,
    ...(nullable ? ['Null clears it.'] : []),
    ...(sealed ? ['Sealed at rest and never returned.'] : []),
  ];
  return `### \`${name}\`\n\n${description}\n\n${facts.join(' ')}\n`;
}

/** The settings that administrators change while Mooring runs. */
export function settingsPage(): string {
  const general = Object.entries(GENERAL_SETTINGS).map(([name, setting]) =>
    settingOf(name, setting as Setting<unknown>),
  );
  const oidc = Object.entries(OIDC_SETTINGS).map(([name, setting]) =>
    settingOf(`oidc.${name}`, setting as Setting<unknown>),
  );
  return `# Settings

Read by the query \`configuration\` and changed by the mutation \`updateConfiguration\`. A change is in force at the next request.
\`authMode\` is \`DATABASE\` at first; it changes only while no user but the built-in administrator exists.

## General

${general.join('\n')}
## The OIDC provider

${oidc.join('\n')}`;
}

interface ErrorEntry {
  readonly code: string;
  readonly status: string;
  readonly meaning: string;
}

// A class of a refusal, with the comment before it: what it means is written once, in the code.
const REFUSAL =
  /\/\*\*\s*((?:(?!\*\/)[^])*?)\s*\*\/\nexport class \w+ extends DomainError \{\n\s+readonly code = '(\w+)';\n\s+readonly status = (\d+);/g;

const OF_THE_SERVER: readonly ErrorEntry[] = [
  { code: 'GRAPHQL_PARSE_FAILED', status: '400', meaning: 'The document is not GraphQL.' },
  { code: 'GRAPHQL_VALIDATION_FAILED', status: '400', meaning: 'The document does not fit the schema.' },
  { code: 'PAYLOAD_TOO_LARGE', status: '413', meaning: 'The request is larger than 256 KiB.' },
  {
    code: 'INTERNAL_SERVER_ERROR',
    status: '500',
    meaning: 'A defect; `extensions.requestId` finds it in the log.',
  },
];

async function refusalsIn(folder: string): Promise<ErrorEntry[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.errors.ts')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(REFUSAL)].map(([, comment = '', code = '', status = '']) => {
      const meaning = comment.replace(/\s*\n\s*\* ?/g, ' ').replace(/^\* ?/, '');
      return { code, status, meaning };
    }),
  );
}

/** Every error code that something can cause, gathered from where each refusal is declared. */
export async function errorsPage(sourceFolder: string): Promise<string> {
  const entries = [...(await refusalsIn(sourceFolder)), ...OF_THE_SERVER];
  const codes = [...new Set(entries.map(({ code }) => code))].sort();
  const sections = codes.map((code) => {
    const own = entries.filter((entry) => entry.code === code);
    const lines = own.map(({ meaning, status }) => `- ${meaning} (HTTP ${status})`);
    return `## \`${code}\`\n\n${lines.join('\n')}\n`;
  });
  return `# Errors

A refusal has a stable code in \`extensions.code\`, and a message that says what to do. Where a field of GraphQL refuses, the HTTP
status is 200 all the same; the status given here is that of pages, of plain routes, and of documents of which nothing was executed.
\`BAD_USER_INPUT\` names each field in \`extensions.fields\`: its \`path\`, a \`code\` and a \`message\`.

${sections.join('\n')}`;
}
