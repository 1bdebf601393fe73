import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { printSchema } from 'graphql';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppModule } from '../../src/app/app.module.js';
import { Refusal } from '../../src/common/errors/domain-error.js';
import { readEnvironment } from '../../src/config/env.js';
import { webServerOf } from '../../src/app/configure-app.js';
import { declaredLimitsIn } from './declared-limits.js';
import { doctorCodesPage } from './doctor-page.js';
import { limitsPage } from './limits-page.js';
import { auditPage } from './audit-page.js';
import { metricsPage } from './metrics-page.js';
import { environmentPage, errorsPage, settingsPage } from './reference-pages.js';
import { settingsFragments, settingsList } from './settings-form.js';
import { settingsSchema } from './settings-schema.js';
import { refusalsIn } from './refusals.js';

/** Writes the generated files that are committed: `schema.graphql`, the reference pages in `docs`, and the settings form of the portal. */
async function generate(): Promise<void> {
  await writeFile('schema.graphql', await schema());
  await mkdir('docs', { recursive: true });
  await writeFile('docs/environment.md', environmentPage());
  await writeFile('docs/settings.md', settingsPage());
  await writeFile('docs/errors.md', errorsPage(await declaredRows()));
  await writeFile('docs/metrics.md', metricsPage());
  await writeFile('docs/settings.schema.json', settingsSchema());
  await writeFile('docs/doctor-codes.md', doctorCodesPage());
  await writeFile('docs/audit.md', auditPage());
  await writeFile('docs/limits.md', limitsPage(declaredLimitsIn('src')));
  await writeFile('portal/src/generated/settings.ts', settingsList());
  await writeFile('portal/src/screens/administration/configuration/settings.generated.graphql', settingsFragments());
}

async function declaredRows(): Promise<Refusal[]> {
  const declared = await refusalsIn(fileURLToPath(new URL('../../src', import.meta.url)));
  return declared.flatMap(({ rows }) => rows);
}

/** The schema of the whole application, which is started on an empty database for this. */
async function schema(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-schema-'));
  const environment = readEnvironment({
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'mooring.db')}`,
    LOG_LEVEL: 'silent',
  });
  const options = { logger: false as const };
  const module = AppModule.with(environment);
  const app = await NestFactory.create<NestFastifyApplication>(module, webServerOf(environment), options);
  await app.init();
  const text = printSchema(app.get(GraphQLSchemaHost).schema);
  await app.close();
  await rm(folder, { recursive: true });
  return `${text}\n`;
}

await generate();
