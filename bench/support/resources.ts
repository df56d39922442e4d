/** What a service held at a moment. */
export interface ResourceSample {
  readonly requests: number;
  readonly residentBytes: number;
  readonly handles: number;
  readonly openFiles: number;
  readonly databaseConnections: number;
}

/** Reads a service's metrics. @param requests that were made so far */
export async function sampleResources(url: string, requests: number): Promise<ResourceSample> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sum = (name: string, labels = '[^}]*'): number =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{${labels}\\})? (\\S+)$`, 'gmu'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return {
    requests,
    residentBytes: sum('process_resident_memory_bytes'),
    handles: sum('nodejs_active_resources_total'),
    openFiles: sum('process_open_fds'),
    databaseConnections: sum('\\w*database_connections', 'state="(?:busy|idle)"'),
  };
}

/** Growth of memory by least squares, in MB for 10,000 requests. */
export function memorySlope(samples: readonly ResourceSample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const requests = mean(samples.map((sample) => sample.requests));
  const bytes = mean(samples.map((sample) => sample.residentBytes));
  let covariance = 0;
  let variance = 0;
  for (const sample of samples) {
    covariance += (sample.requests - requests) * (sample.residentBytes - bytes);
    variance += (sample.requests - requests) ** 2;
  }
  return ((covariance / variance) * 10_000) / 1e6;
}
