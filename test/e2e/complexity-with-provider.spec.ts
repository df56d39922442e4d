import { ANTHROPIC_CHAT } from '../support/chat-protocols.js';
import { ListeningChatStub } from '../support/chat-stub.js';
import { JsonClient } from '../support/json-client.js';
import { pastTasks } from '../support/past-tasks.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const COMPLEXITY = '/api/v1/complexity';

interface Estimate {
  readonly estimated_hours: number;
  readonly hours_range: { readonly low: number; readonly high: number };
  readonly method: string;
  readonly reasoning: string;
  readonly usage?: object;
}

const judgement = (level: number, hours: number) =>
  JSON.stringify({ level, hours, reasoning: 'Every screen is touched.' });

describe('estimates with a language model', () => {
  let stub: ListeningChatStub;
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    stub = await ListeningChatStub.listen(ANTHROPIC_CHAT);
    service = await startTestApp({ ANTHROPIC_API_KEY: 'sk-secret', ANTHROPIC_BASE_URL: stub.origin });
    client = new JsonClient(service.url);
    await client.post(`${COMPLEXITY}/history`, { project: 'team', tasks: pastTasks(60) });
  });
  afterAll(async () => {
    await service.close();
    await stub.close();
  });
  beforeEach(() => {
    stub.reset();
  });

  const estimate = async (body: object): Promise<Estimate> => {
    const answer = await client.post<Estimate>(`${COMPLEXITY}/pre-estimate`, body);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('listen to it, and say what it said', async () => {
    stub.replyNext({ content: judgement(5, 60) });
    const high = await estimate({ title: 'Add a login page' });
    stub.replyNext({ content: judgement(1, 0.5) });
    const low = await estimate({ title: 'Add a login page' });
    expect(high.estimated_hours).toBeGreaterThan(low.estimated_hours);
    expect(high).toMatchObject({
      method: 'llm',
      reasoning: expect.stringContaining('Every screen is touched.') as unknown,
      usage: { total_tokens: 17 },
    });
  });

  it('show it tasks of the same project with what they took', async () => {
    stub.replyNext({ content: judgement(3, 5) });
    const { method } = await estimate({ project: 'team', title: 'Migrate database of orders' });
    expect(method).toBe('llm');
    const asked = JSON.stringify(stub.calls[0]!.body);
    expect(asked).toContain('Migrate database of');
    expect(asked).toContain('actual_hours');
  });

  it('keep it within what the history finds plausible', async () => {
    stub.replyNext({ content: judgement(5, 2000) });
    const { estimated_hours: hours, hours_range: range } = await estimate({
      project: 'team',
      title: 'Fix typo on orders',
    });
    expect(hours).toBeLessThanOrEqual(range.high);
  });

  it('do without it when it fails, and say so', async () => {
    stub.failNext(400, { count: 2 });
    const { method, reasoning, usage } = await estimate({ project: 'team', title: 'Fix typo on orders' });
    expect(method).toBe('history');
    expect(reasoning).toMatch(/language model could not be asked/u);
    expect(usage).toBeUndefined();
  });

  it('do without it when it answers nonsense twice', async () => {
    stub.replyNext({ content: '{"level":9}' });
    stub.replyNext({ content: 'I would say a week.' });
    const { method, reasoning } = await estimate({ title: 'Add a login page' });
    expect(method).toBe('heuristic');
    expect(reasoning).toMatch(/language model could not be asked/u);
  });

  it('are announced', async () => {
    expect((await client.get(`${COMPLEXITY}/health`)).body).toMatchObject({ method: 'llm' });
  });
});
