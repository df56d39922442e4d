import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const BUNDLE = 'redoc.standalone.js';

/** Path of the script that draws the ReDoc page: beside this file once built, in the development package before. */
export function redocBundlePath(): string {
  const built = fileURLToPath(new URL(`./${BUNDLE}`, import.meta.url));
  return existsSync(built) ? built : createRequire(import.meta.url).resolve(`redoc/bundles/${BUNDLE}`);
}

export const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>ML Service</title>
    <style>body { margin: 0; }</style>
  </head>
  <body>
    <redoc spec-url="/openapi.json"></redoc>
    <script src="/redoc/redoc.standalone.js"></script>
  </body>
</html>
`;
