import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a request of a burst was answered. */
export interface BurstAnswer {
  readonly status: number;
  readonly body: string;
}

const CLIENT = `
  const [url, ...bodies] = process.argv.slice(1);
  const send = async (body) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return { status: response.status, body: await response.text() };
  };
  console.log(JSON.stringify(await Promise.all(bodies.map(send))));
`;

/**
 * Posts all bodies at the same moment, from a process of its own: in the service's process, client and service
 * would take turns, and nothing would be at the same moment.
 */
export async function burst(url: string, bodies: readonly object[]): Promise<BurstAnswer[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', CLIENT, url, ...bodies.map((body) => JSON.stringify(body))],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as BurstAnswer[];
}
