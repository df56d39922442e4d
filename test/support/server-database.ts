import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own on a server. */
export interface ServerDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** @param prefix what its name begins with */
export async function createServerDatabase(server: string, prefix: string): Promise<ServerDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    remove: () => onServer(server, `drop database ${name} with (force)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
