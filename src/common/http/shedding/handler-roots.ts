import type { Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';

/** The paths of a controller's handlers, each up to its first parameter and with a slash at its end. */
export function handlerRoots(controller: Type, prefix: string): string[] {
  const handlers = controller.prototype as Readonly<Record<string, object>>;
  return new MetadataScanner().getAllMethodNames(handlers).flatMap((name) => {
    const path = pathOf(handlers[name]);
    return path === null ? [] : [rootOf([prefix, pathOf(controller), path].join('/'))];
  });
}

function rootOf(path: string): string {
  return `/${path.replace(/\/:.*/u, '')}/`.replace(/\/+/gu, '/');
}

function pathOf(target: object | undefined): string | null {
  const path: unknown = target && Reflect.getMetadata(PATH_METADATA, target);
  return typeof path === 'string' ? path : null;
}
