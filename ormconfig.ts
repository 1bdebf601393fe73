import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { readEnvironment } from './src/config/env.js';
import { dataSourceOptionsOf } from './src/database/data-source-options.js';

/** For the TypeORM command line, which `npm run migration:*` calls on the built file. */
export default new DataSource(dataSourceOptionsOf(readEnvironment()));
