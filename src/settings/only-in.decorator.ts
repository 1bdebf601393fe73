import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuthMode } from './auth-mode.js';

/** The metadata key of {@link OnlyIn}. */
export const ONLY_IN = Symbol('only-in');

/** The one mode in which a handler is open, and the requests that it takes in any mode. */
export interface OnlyInMode {
  readonly mode: AuthMode;
  readonly unless?: (request: FastifyRequest) => boolean;
}

/** Closes a handler in every auth mode but one, except to the requests that `unless` is true for. */
export const OnlyIn = (mode: AuthMode, unless?: OnlyInMode['unless']) =>
  SetMetadata<symbol, OnlyInMode>(ONLY_IN, { mode, unless });
