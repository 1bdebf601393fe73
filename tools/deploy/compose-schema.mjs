// Checks compose.yaml against the JSON schema of the Compose specification: node tools/deploy/compose-schema.mjs SCHEMA
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const schema = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// The draft is known to Ajv under another address.
delete schema.$schema;
// Its formats are the specification's own.
const isValid = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
if (!isValid(parse(readFileSync('compose.yaml', 'utf8'), { merge: true }))) {
  for (const { instancePath, message } of isValid.errors)
    process.stderr.write(`compose.yaml${instancePath}: ${message}\n`);
  process.exitCode = 1;
}
