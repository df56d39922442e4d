import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';

/** The paths of a controller's handlers, each up to its first parameter and with a slash at its end. */
export function handlerRoots(controller: Type, prefix: string): string[] {
  const handlers = controller.prototype as Readonly<Record<string, object>>;
  return new MetadataScanner()
    .getAllMethodNames(handlers)
    .flatMap((name) => pathsOf(handlers[name]))
    .flatMap((path) => pathsOf(controller).map((base) => rootOf([prefix, base, path].join('/'))));
}

function rootOf(path: string): string {
  return `/${path.replace(/\/:.*/u, '')}/`.replace(/\/+/gu, '/');
}

/** A controller or handler may have one or several. */
function pathsOf(target: object | undefined): string[] {
  const paths: unknown = target && Reflect.getMetadata(PATH_METADATA, target);
  return [paths].flat().filter((path) => typeof path === 'string');
}
