import type { INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type Requirement, requirementOf } from './auth.guard.ts';

/** A route handler and what it declares; without `requirement` nobody may call it. */
export interface HandlerRequirement {
  /** `Controller.method`. */
  readonly handler: string;
  readonly requirement?: Requirement;
}

/** Every route handler of the application. */
export function handlerRequirements(app: INestApplicationContext): readonly HandlerRequirement[] {
  const scanner = new MetadataScanner();
  return new DiscoveryService(app.get(ModulesContainer)).getControllers().flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Record<string, (...args: never[]) => unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const method = prototype[name];
      if (method === undefined || !isRoute(method)) return [];
      const requirement = requirementOf(method);
      return [{ handler: `${metatype.name}.${name}`, ...(requirement === undefined ? {} : { requirement }) }];
    });
  });
}

/**
 * Start-up check: throws an Error that lists every handler without a requirement. The guard would refuse them all
 * anyway; this way a forgotten decorator stops the start instead of surprising a caller.
 */
export function assertHandlersDeclare(app: INestApplicationContext): void {
  const undeclared = handlerRequirements(app).filter(({ requirement }) => requirement === undefined);
  if (undeclared.length === 0) return;
  throw new Error(`Handlers without @Requires or @Public: ${undeclared.map(({ handler }) => handler).join(', ')}.`);
}

function isRoute(method: object): boolean {
  return Reflect.hasMetadata(PATH_METADATA, method) && Reflect.hasMetadata(METHOD_METADATA, method);
}
