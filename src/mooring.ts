#!/usr/bin/env node
import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { CommandsModule } from './commands/commands.js';

const run = CommandFactory.run(CommandsModule, {
  cliName: 'mooring',
  logger: ['error'],
  serviceErrorHandler: (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
});

run.catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
