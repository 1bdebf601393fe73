#!/usr/bin/env node
import 'reflect-metadata';
import { runMooring, tellError } from './commands/run-mooring.js';

await runMooring().catch(tellError);
