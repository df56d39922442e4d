import { type ExactAnswer, exactRequest } from '../exact-request.js';
import type { KnownDocument } from './documents.js';

/** Numbers to choose names by. */
export interface Choice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A call that a tenant makes, whose answer is checked. */
export type Action = (actor: TenantActor, choice: Choice) => Promise<void>;

interface Keyed {
  readonly body: string;
  readonly job: string;
}

/** What a tenant says to be taken for another one, and what that is answered with. */
export interface Pretence {
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
}

export interface Kept {
  readonly project: string;
  readonly id: string;
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

const WORDS = ['harbour', 'lantern', 'meadow', 'orchard', 'quarry', 'saddle', 'thistle', 'walnut'];

/** A tenant that remembers all that it has stored, and expects to be shown just that. */
export class TenantActor {
  other!: TenantActor;
  /** Documents by the collection and their id. */
  readonly collections = new Map<string, Map<string, KnownDocument>>();
  /** Kinds by the job's id. */
  readonly jobs = new Map<string, string>();
  /** How many it has made. */
  calls = 0;
  readonly estimates: Kept[] = [];
  private readonly keys = new Map<string, Keyed>();
  private readonly history = new Map<string, Set<string>>();
  private readonly estimated = new Map<string, Set<string>>();
  private readonly embedded = new Set<string>();

  constructor(
    private readonly url: string,
    readonly headers: Readonly<Record<string, string>>,
    /** In everything that it stores, and in nothing else. */
    readonly mark: string,
    readonly pretence: Pretence,
  ) {}

  async call({ method = 'GET', path, json, headers, body }: Call): Promise<ExactAnswer> {
    this.calls += 1;
    const sent = json === undefined ? body : JSON.stringify(json);
    const answer = await exactRequest(this.url, {
      method,
      path,
      headers: { ...this.headers, ...headers },
      ...(sent !== undefined && { body: sent }),
    });
    expect(answer.text).not.toContain(this.other.mark);
    expect([path, answer.status < 500 ? 'fine' : answer.text]).toEqual([path, 'fine']);
    return answer;
  }

  /** The body of an answer with this status. */
  async get<Body>(call: Call, status = 200): Promise<Body> {
    const answer = await this.call(call);
    expect([call.method, call.path, answer.status]).toEqual([call.method, call.path, status]);
    return JSON.parse(answer.text) as Body;
  }

  text(word: number): string {
    return `The report of ${this.mark} about the ${wordAt(word)}.`;
  }

  noteDocument(collection: string, document: KnownDocument): void {
    const documents = this.collections.get(collection) ?? new Map<string, KnownDocument>();
    this.collections.set(collection, documents.set(document.document_id, document));
  }

  noteTask({ project, id }: Kept, isEstimated: boolean): void {
    this.tasksOf(project).add(id);
    if (isEstimated) this.estimatedOf(project).add(id);
  }

  tasksOf(project: string): Set<string> {
    return entry(this.history, project);
  }

  estimatedOf(project: string): Set<string> {
    return entry(this.estimated, project);
  }

  get taskCount(): number {
    return [...this.history.values()].reduce((total, ids) => total + ids.size, 0);
  }

  /** Whether this tenant has asked for the text before. */
  noteEmbedded(text: string): boolean {
    const isKnown = this.embedded.has(text);
    this.embedded.add(text);
    return isKnown;
  }

  /** Submits a job, and waits until it has ended well; false when the key says that it was done before. */
  async submit(call: Call, key: string | null): Promise<boolean> {
    const body = JSON.stringify([call.path, call.json]);
    const known = key === null ? undefined : this.keys.get(key);
    const headers = { ...call.headers, ...(key !== null && { 'idempotency-key': key }) };
    if (known !== undefined && known.body !== body) {
      await this.get({ ...call, headers }, 409);
      return false;
    }
    const { job_id: job } = await this.get<{ job_id: string }>({ ...call, headers }, 202);
    if (known !== undefined) {
      expect(job).toBe(known.job);
      return false;
    }
    expect(this.jobs.has(job) || this.other.jobs.has(job)).toBe(false);
    this.jobs.set(job, '');
    if (key !== null) this.keys.set(key, { body, job });
    let state = 'queued';
    let kind = '';
    while (state === 'queued' || state === 'running') {
      ({ state, kind } = await this.get<{ state: string; kind: string }>({ path: `/api/v1/jobs/${job}` }));
    }
    expect(state).toBe('succeeded');
    this.jobs.set(job, kind);
    return true;
  }
}

export function pick<Item>(items: readonly Item[], number: number): Item {
  // The list is never empty.
  return items[number % items.length] as Item;
}

function entry(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set);
  return set;
}

/** One of a few words. */
export function wordAt(number: number): string {
  return pick(WORDS, number);
}
