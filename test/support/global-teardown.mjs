// @ts-check
import { rm } from 'node:fs/promises';

export default async function globalTeardown() {
  const directory = process.env['TEST_CLUSTER_TEMPLATE'];
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
}
