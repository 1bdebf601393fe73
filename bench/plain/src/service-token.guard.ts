import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { Repository } from 'typeorm';
import { ServiceToken } from './entities.js';

interface Context {
  readonly req: { readonly headers: { readonly authorization?: string } };
}

/** Lets callers with a service token in. */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  constructor(@InjectRepository(ServiceToken) private readonly tokens: Repository<ServiceToken>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { req } = GqlExecutionContext.create(context).getContext<Context>();
    const text = req.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const hash = createHash('sha256').update(text).digest('base64url');
    const token = await this.tokens.findOne({ where: { hash } });
    if (!token || (token.expiresAt && token.expiresAt <= new Date())) throw new UnauthorizedException();
    return true;
  }
}
