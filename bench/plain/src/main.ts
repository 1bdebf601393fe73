import 'reflect-metadata';
import { ApolloDriver, ApolloDriverConfig } from '@nestjs/apollo';
import { Module, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { TypeOrmModule } from '@nestjs/typeorm';
import { createRequire } from 'node:module';
import { CliSecret, Grant, ServiceToken, User } from './entities.js';
import { ServiceTokenGuard } from './service-token.guard.js';
import { VerificationResolver } from './verification.resolver.js';
import { VerificationService } from './verification.service.js';

// A plain service on the database file of Mooring: the arguments are the file, the port, and the package of the SQLite driver,
// which is Mooring's.
const [database = '', port = '0', driver = 'better-sqlite3'] = process.argv.slice(2);
const file = {
  type: 'better-sqlite3',
  database,
  readonly: true,
  driver: createRequire(import.meta.url)(driver),
} as const;
const ENTITIES = [User, CliSecret, Grant, ServiceToken];

@Module({
  imports: [
    TypeOrmModule.forRoot({ ...file, entities: ENTITIES }),
    TypeOrmModule.forFeature(ENTITIES),
    GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, playground: false }),
  ],
  providers: [ServiceTokenGuard, VerificationResolver, VerificationService],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.useGlobalPipes(new ValidationPipe({ transform: true }));
await app.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
