// Writes docs/doctor-examples.md from the reports that the stories of `mooring doctor` keep:
//
//   export DOCTOR_EXAMPLES=$(mktemp -d)
//   npm test -- test/sqlite/doctor
//   npm run test:mysql -- test/mysql/doctor
//   node tools/doctor-examples.mjs "$DOCTOR_EXAMPLES"
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';

const SOUND = 'a sound installation';
/** What is told of the machine that ran the stories, and not of the installation. */
const OF_THE_MACHINE =
  /\[(NODE_WITHOUT_FIXES|DATABASE_PASSING_FILE|OPEN_FILES_FEW|MEMORY_SMALL|WORKERS_OVER_CORES|DISK_LOW)\]/;
const IS_BAD = /^ {2}(error|warning) /m;

const [folder = ''] = argv.slice(2);
const examples = readdirSync(folder)
  .sort()
  .map((file) => {
    const [name = '', ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
    return { name, blocks: lines.join('\n').split('\n\n') };
  });

/**
 * The same block without what is told of the machine: a finding is a line with two blanks and the deeper lines after it.
 *
 * @param {string} block
 */
const ofInstallation = (block) => {
  const findings = block.split(/\n(?= {2}\S)/);
  return findings.filter((finding) => !OF_THE_MACHINE.test(finding)).join('\n');
};

/** @param {{ name: string, blocks: string[] }} example */
const sectionOf = ({ name, blocks }) => {
  const told = blocks.map(ofInstallation);
  const shown = name === SOUND ? told : told.filter((block) => IS_BAD.test(block));
  return `## ${name[0]?.toUpperCase()}${name.slice(1)}\n\n\`\`\`\n${shown.join('\n\n')}\n\`\`\`\n`;
};

const sound = examples.filter(({ name }) => name === SOUND);
const broken = examples.filter(({ name }) => name !== SOUND);
const page = `# What \`mooring doctor\` says of ${broken.length} broken installations

Its real output, from the stories in \`test/sqlite/doctor.e2e-spec.ts\`, \`test/sqlite/doctor-beside-server.e2e-spec.ts\` and
\`test/mysql/doctor.e2e-spec.ts\`, put together by \`tools/doctor-examples.mjs\`. Folders and ports are neutral. Of a broken installation only the
parts with a warning or an error are shown, and nothing that is told of the machine that ran the stories.

${[...sound, ...broken].map(sectionOf).join('\n')}`;
writeFileSync('docs/doctor-examples.md', page);
