import { setTimeout as sleep } from 'node:timers/promises';
import { JsonClient } from '../../test/support/json-client.js';
import { findFreePort } from '../../test/support/redis-server.js';
import type { ServiceProcess } from '../../test/support/service-process.js';
import type { Bed, ProviderFault } from './bed.js';
import type { Kind } from './load.js';
import { RollingReplicas } from './rolling-replicas.js';
import { type FaultWindow, inPhase, p99, type Verdict } from './report.js';
import { noneFailed, onlyFailedWith, type Scenario, someFailed, type Stage } from './scenario.js';

/** How long after PostgreSQL is back a request may still fail. */
const RECOVERY_MS = 2000;
const PROVIDER_KINDS: readonly Kind[] = ['embed', 'generate'];
/** Beside what other load on the machine does to the slowest of a few hundred requests. */
const P99_SLACK_MS = 50;

const redisKilled: Scenario = {
  name: 'redis-killed',
  begin: ({ bed }) => bed.killRedis(),
  end: ({ bed }) => bed.reviveRedis(),
  judge: (stage) => [noneFailed(stage)],
};

const redisStalled: Scenario = {
  name: 'redis-stalled',
  begin: ({ bed }) => {
    bed.pauseRedis();
  },
  end: ({ bed }) => {
    bed.resumeRedis();
  },
  judge: (stage, window) => [noneFailed(stage), slowedLittle(stage, window)],
};

const postgresRestarted: Scenario = {
  name: 'postgres-restarted',
  begin: ({ bed }) => bed.postgres.crash(),
  end: ({ bed }) => bed.postgres.resume(),
  judge: (stage, window) => [someFailed(stage, window), onlyFailedWith(stage, window, [503], RECOVERY_MS)],
  countsDocuments: true,
};

/** 502 is what the provider did, 504 that it did nothing, 503 that it is left alone. */
const PROVIDER_STATUSES: Readonly<Record<ProviderFault, readonly number[]>> = {
  'status-500': [502, 503],
  stall: [503, 504],
  reset: [502, 503],
};

function providerFails(fault: ProviderFault): Scenario {
  let state = '';
  let callsWhileOpen = 0;
  return {
    name: `provider-${fault}`,
    variables: { PROVIDER_TIMEOUT_MS: '2000', PROVIDER_BREAKER_OPEN_MS: '5000' },
    begin: ({ bed }) => {
      bed.spoilProvider(fault);
    },
    end: async ({ bed, load }) => {
      const { body } = await new JsonClient(load.address).get<{
        details: { openai: { status: string } };
      }>('/ready');
      state = body.details.openai.status;
      const before = bed.provider.callCount + bed.provider.chat.calls.length;
      await sleep(2000);
      callsWhileOpen = bed.provider.callCount + bed.provider.chat.calls.length - before;
      bed.healProvider();
    },
    judge: (stage, window) => [
      someFailed(stage, window),
      // The breaker lets a call through no sooner than five seconds after the last one that failed.
      onlyFailedWith(stage, window, PROVIDER_STATUSES[fault], 8000),
      {
        what: 'the breaker is open',
        measured: `${state}, ${callsWhileOpen} calls within 2 s`,
        holds: state !== 'up' && callsWhileOpen < 20,
      },
      othersUnchanged(stage, window),
    ],
  };
}

const rollingRestart: Scenario = (() => {
  let replicas: RollingReplicas;
  return {
    name: 'sigterm',
    start: async (bed: Bed) => {
      replicas = await RollingReplicas.start(bed);
      return () => replicas.next();
    },
    begin: () => replicas.restartAll(),
    end: () => undefined,
    judge: (stage) => [noneFailed(stage), replicas.endedInOrder()],
    countsDocuments: true,
  };
})();

const killed: Scenario = (() => {
  let service: ServiceProcess;
  let variables: Record<string, string>;
  return {
    name: 'kill-9',
    start: async (bed: Bed) => {
      variables = { PORT: String(await findFreePort()) };
      service = await bed.startService(variables);
      return () => service.url;
    },
    begin: async () => {
      await service.kill();
    },
    end: async ({ bed }) => {
      const { url } = service;
      service = await bed.startService(variables);
      if (service.url !== url) throw new Error('The service came back elsewhere.');
    },
    judge: (stage, window) => [someFailed(stage, window), noneAfter(stage, window)],
    countsDocuments: true,
  };
})();

export const SCENARIOS: readonly Scenario[] = [
  redisKilled,
  redisStalled,
  postgresRestarted,
  providerFails('status-500'),
  providerFails('stall'),
  providerFails('reset'),
  rollingRestart,
  killed,
];

function slowedLittle({ load }: Stage, window: FaultWindow): Verdict {
  const usual = p99(inPhase(load.observations, window, 'before'));
  const slowed = p99(inPhase(load.observations, window, 'during'));
  const limit = 2 * usual + P99_SLACK_MS;
  return {
    what: 'p99 during the fault is at most twice the usual and 50 ms',
    measured: `${slowed.toFixed(1)} ms, usual ${usual.toFixed(1)} ms, limit ${limit.toFixed(1)} ms`,
    holds: slowed <= limit,
  };
}

function othersUnchanged({ load }: Stage, window: FaultWindow): Verdict {
  const others = load.observations.filter(({ kind }) => !PROVIDER_KINDS.includes(kind));
  const usual = p99(inPhase(others, window, 'before'));
  const meanwhile = p99(inPhase(others, window, 'during'));
  return {
    what: `p99 of requests without the provider is unchanged, within ${P99_SLACK_MS} ms`,
    measured: `${meanwhile.toFixed(1)} ms, usual ${usual.toFixed(1)} ms`,
    holds: meanwhile <= usual + P99_SLACK_MS,
  };
}

function noneAfter({ load }: Stage, window: FaultWindow): Verdict {
  const failed = inPhase(load.observations, window, 'after').filter(({ status }) => status !== 200).length;
  return { what: 'nothing fails once it is back', measured: `${failed} failed`, holds: failed === 0 };
}
