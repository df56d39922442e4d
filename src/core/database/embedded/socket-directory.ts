import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'ml-service-';
/** In the data directory: where its socket is, so that the next process can remove what a killed one left. */
const NOTE = 'socket-directory';
/** What pg's clients call the socket of port 5432 in a folder. */
const SOCKET_NAME = '.s.PGSQL.5432';

/** Makes a folder for the socket, among the temporary ones because a socket's path must be short. */
export async function makeSocketDirectory(dataDirectory: string): Promise<string> {
  await removeSocketDirectory(dataDirectory);
  const directory = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFile(join(dataDirectory, NOTE), directory);
  return directory;
}

/** Removes the folder that was made last, where there is one. Only for the process that has the data directory. */
export async function removeSocketDirectory(dataDirectory: string): Promise<void> {
  const note = join(dataDirectory, NOTE);
  const directory = await readFile(note, 'utf8').catch(() => null);
  if (directory === null) return;
  // The note may have been damaged; nothing else must go.
  if (basename(directory).startsWith(PREFIX)) await rm(directory, { recursive: true, force: true });
  await rm(note, { force: true });
}

export function socketPath(directory: string): string {
  return join(directory, SOCKET_NAME);
}
