import fc from 'fast-check';
import { HeuristicEstimator } from './heuristic-estimator.js';
import { MAX_HOURS, MIN_HOURS } from './scale.js';
import type { Task } from './task.js';
import { allowForBusyMachine } from '../../../test/support/busy-machine.js';

allowForBusyMachine();

const NOTHING_KNOWN: Task = {
  title: 'Task',
  description: '',
  issueType: null,
  labels: [],
  milestone: null,
  projectContext: '',
  relatedFiles: [],
};

const LOG_LINE = '2026-03-01T10:00:00Z ERROR checkout request 8123 failed with status 500 after 31 ms\n';
const FIVE_HUNDRED_FILES = Array.from({ length: 500 }, (_, at) => `src/module${at % 40}/file${at}.ts`);

const STACK_TRACE = `Opening a profile without a name crashes:
java.lang.NullPointerException: name
    at com.acme.user.UserService.getName(UserService.java:42)
    at com.acme.web.ProfileController.show(ProfileController.java:17)`;

const STRIPE = `We want to take payments by card.
Acceptance criteria:
- [ ] Checkout with card and with SEPA
- [ ] Webhooks for succeeded, failed and disputed payments, each handled once
- [ ] Full and partial refunds from the back office
- [ ] Invoices show the payment
- [ ] Secrets are kept in the vault`;

const MYSQL = `All nine services share one schema of 200 tables. We need zero downtime, a way back, and the
stored procedures have to be rewritten. Reports and the data warehouse read from it too.`;

const CSV = `As an accountant I want to download the monthly report.
Acceptance criteria:
- a button above the table
- the columns in the order of the screen
- decimal commas for German users
- large reports don't time out`;

/** What a senior engineer would say, written before the estimator was run, with the reason. */
const TASKS: [level: number, reason: string, task: Partial<Task> & { title: string }][] = [
  [
    5,
    'money, tenants, and an engine from nothing',
    { title: 'Implement configurable multi-tenant billing engine' },
  ],
  [1, 'one word', { title: 'Fix typo on platform page' }],
  [1, 'one word', { title: "Correct spelling of 'architecture' in the migration guide" }],
  [1, 'the editor does it', { title: 'Rename variable in distributed scheduler' }],
  [1, 'one file, no code', { title: 'Remove trailing whitespace from security policy README' }],
  [1, 'a patch release', { title: 'Bump lodash from 4.17.20 to 4.17.21' }],
  [1, 'one line of CSS', { title: 'Change the color of the payment button to blue' }],
  [1, 'one number', { title: 'Update copyright year in the footer of the enterprise portal' }],
  [1, 'one link', { title: 'Fix broken link in Kubernetes deployment docs', issueType: 'documentation' }],
  [1, 'one constant', { title: 'Just change the timeout of the replication engine from 30 to 60 seconds' }],
  [1, 'one condition', { title: 'Simple: hide the migration banner for enterprise customers' }],
  [5, 'a product of its own', { title: 'Build a new search engine' }],
  [5, 'years, in truth', { title: 'Migrate monolith to microservices' }],
  [5, 'every screen again', { title: 'Rewrite the mobile app in Flutter' }],
  [5, 'changes how all parts talk', { title: 'Design and implement event-driven architecture' }],
  [5, 'hard even for databases', { title: 'Multi-region active-active database replication' }],
  [5, 'conflicts, cursors, offline', { title: 'Real-time collaborative editing' }],
  [5, 'the whole application', { title: 'Make the whole application accessible (WCAG 2.1 AA)' }],
  [5, 'labelled so', { title: 'Customer self-service', labels: ['epic'] }],
  [
    5,
    'downtime, procedures, nine services',
    { title: 'Migrate from MySQL to PostgreSQL', description: MYSQL },
  ],
  [4, 'two protocols and security', { title: 'Add single sign-on with SAML and OIDC', issueType: 'feature' }],
  [
    4,
    'hard to reproduce, money at stake',
    { title: 'Race condition in order processing causes duplicate charges', issueType: 'bug' },
  ],
  [4, 'long hunts under load', { title: 'Memory leak in websocket server under load', issueType: 'bug' }],
  [
    4,
    'webhooks, refunds, invoices',
    { title: 'Integrate Stripe payments', description: STRIPE, issueType: 'feature' },
  ],
  [4, 'five major versions', { title: 'Upgrade from Angular 12 to Angular 17', issueType: 'chore' }],
  [4, 'keys, rotation, migration of what is there', { title: 'Add encryption at rest for customer data' }],
  [
    4,
    'mechanical, but everywhere',
    { title: 'Replace the logging library', relatedFiles: FIVE_HUNDRED_FILES },
  ],
  [
    3,
    'a screen, an export, edge cases',
    { title: 'Export report as CSV', description: CSV, issueType: 'feature' },
  ],
  [3, 'all styles once', { title: 'Add dark mode' }],
  [
    3,
    'a log says where to look, not why',
    { title: 'Checkout fails with status 500', description: LOG_LINE.repeat(600), issueType: 'bug' },
  ],
  [3, 'the label says it', { title: 'Tax on the invoice', labels: ['points: 5'] }],
  [2, 'a query and a test', { title: 'Add pagination to GET /users endpoint' }],
  [
    2,
    'a known place',
    { title: 'NullPointerException in UserService.getName', description: STACK_TRACE, issueType: 'bug' },
  ],
  [2, 'one class', { title: 'Add unit tests for the price formatter', issueType: 'test' }],
  [
    2,
    'for newcomers',
    { title: 'Improve error message when the config file is missing', labels: ['good first issue'] },
  ],
  [1, 'German: a typo on the front page', { title: 'Tippfehler auf der Startseite korrigieren' }],
  [5, 'German: a new billing system', { title: 'Neues Abrechnungssystem entwickeln' }],
  [
    5,
    'Spanish: all of the platform',
    { title: 'Migrar toda la plataforma a una arquitectura de microservicios' },
  ],
  [1, 'Chinese: a typo on the login page', { title: '修复登录页面的错别字' }],
  [5, 'Japanese: a payment system, designed anew', { title: '決済システムの再設計' }],
];

const estimator = new HeuristicEstimator();
const estimate = (task: Partial<Task>) => estimator.estimate({ ...NOTHING_KNOWN, ...task });

const NEAR = 1;

describe('HeuristicEstimator', () => {
  const judged = TASKS.map(([level, , task]) => ({
    level,
    estimated: Math.round(estimate(task).level),
    task,
  }));

  it('agrees with a senior engineer to one level on 34 of 40 tasks or more', () => {
    const far = judged.filter(({ level, estimated }) => Math.abs(level - estimated) > NEAR);
    expect(judged).toHaveLength(40);
    expect(far.map(({ task }) => task.title).length).toBeLessThanOrEqual(6);
  });

  it('agrees exactly on most of them', () => {
    const same = judged.filter(({ level, estimated }) => level === estimated);
    expect(same.length).toBeGreaterThanOrEqual(26);
  });

  it.each([
    ['Build a platform', 'Build a platform page button'],
    ['Rewrite the scheduler', 'Fix a typo in the scheduler'],
    ['Implement encryption', 'Rename the encryption variable'],
    ['Create a search engine', 'Hide the banner of the search engine'],
    ['Build a rules engine', 'Just a simple rules engine button'],
  ])('finds "%s" bigger than "%s"', (bigger, smaller) => {
    expect(estimate({ title: bigger }).level).toBeGreaterThan(estimate({ title: smaller }).level + NEAR);
  });

  it('reads whole words only', () => {
    const { factors } = estimate({ title: 'Show the reconfigured platformer systematically' });
    expect(factors.map(({ name }) => name)).toEqual(['small change']);
  });

  it('says of every factor why', () => {
    const { factors, reasoning } = estimate({
      title: 'Build a distributed search engine',
      description: '- one\n- two\n- three\n- four\n',
      issueType: 'feature',
    });
    expect(factors.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['scope', 'breadth', 'something new', 'requirements', 'issue type']),
    );
    expect(factors[0]?.explanation).toBe('The title names "engine", which has many parts.');
    expect(reasoning).toContain('Epic');
  });

  it.each([
    ['XS', 1],
    ['size/S', 2],
    ['size: M', 3],
    ['effort-L', 4],
    ['XL', 5],
    ['points: 1', 1],
    ['3 points', 3],
    ['sp-8', 4],
    ['story points: 21', 5],
    ['Good-First-Issue', 2],
  ])('takes the label "%s" for level %i', (label, level) => {
    expect(Math.round(estimate({ title: 'Invoices', labels: [label] }).level)).toBe(level);
  });

  it('knows nothing of a title in no language of its own, and says so', () => {
    const { level, confidence, reasoning } = estimate({ title: 'Þýðing á notendaviðmóti' });
    expect(Math.round(level)).toBe(3);
    expect(confidence).toBeLessThanOrEqual(0.2);
    expect(reasoning).toContain('only a starting point');
  });

  it('is surer of what is stated and described', () => {
    const bare = estimate({ title: 'Add invoices' });
    expect(bare.confidence).toBeLessThan(
      estimate({ title: 'Add invoices', description: 'By e-mail.' }).confidence,
    );
    const stated = estimate({ title: 'Add invoices', labels: ['M'] });
    expect(stated.hours.high / stated.hours.low).toBeLessThan(bare.hours.high / bare.hours.low);
  });

  it.each<[string, Partial<Task>, Partial<Task>]>([
    ['related files', {}, { relatedFiles: FIVE_HUNDRED_FILES }],
    ['a delicate file', { relatedFiles: ['src/a.ts'] }, { relatedFiles: ['src/migrations/1.sql'] }],
    ['documents only', { relatedFiles: ['README.md'] }, { relatedFiles: ['src/a.ts'] }],
    ['tests only', { relatedFiles: ['test/a.spec.ts'] }, { relatedFiles: ['src/a.ts'] }],
    ['a legacy project', {}, { projectContext: 'A legacy system in COBOL.' }],
    ['a patch release', { milestone: 'Hotfix 1.2.1' }, { milestone: 'Autumn' }],
    ['a label', {}, { labels: ['security'] }],
    ['a long description', {}, { description: 'and so we say '.repeat(300) }],
    ['steps to reproduce', { description: 'Steps to reproduce:\n1. a\n2. b\n3. c' }, {}],
    ['acceptance criteria', {}, { description: 'Acceptance criteria: it is blue' }],
    ['risks in the description', {}, { description: 'Mind the race condition and the rollback.' }],
  ])('is moved by %s', (_, smaller, bigger) => {
    const title = 'Invoices';
    expect(estimate({ title, ...smaller }).level).toBeLessThan(estimate({ title, ...bigger }).level);
  });

  it('holds no code and no log for text', () => {
    const plain = estimate({ title: 'Checkout stops', description: 'See below.' });
    const code = '```\n' + 'migrate everything, race condition\n'.repeat(500) + '```\n';
    expect(estimate({ title: 'Checkout stops', description: `See below.\n${code}` }).level).toBe(plain.level);
  });

  it('takes any text, stays on the scale, and says the same twice', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const task = fc.record({
      title: text,
      description: text,
      issueType: fc.constantFrom(null, 'bug' as const, 'documentation' as const),
      labels: fc.array(text, { maxLength: 5 }),
      milestone: fc.option(text),
      projectContext: text,
      relatedFiles: fc.array(text, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(task, (anything) => {
        const { level, hours, confidence } = estimator.estimate(anything);
        expect(level).toBeGreaterThanOrEqual(1);
        expect(level).toBeLessThanOrEqual(5);
        expect(hours.low).toBeGreaterThanOrEqual(MIN_HOURS);
        expect(hours.value).toBeGreaterThanOrEqual(hours.low);
        expect(hours.high).toBeGreaterThanOrEqual(hours.value);
        expect(hours.high).toBeLessThanOrEqual(MAX_HOURS);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(0.6);
        expect(estimator.estimate(anything)).toEqual(estimator.estimate(anything));
      }),
    );
  });

  it.each([
    'a '.repeat(50_000),
    '-'.repeat(100_000),
    ' '.repeat(100_000),
    '- [ '.repeat(25_000),
    '系统'.repeat(50_000),
  ])('reads hostile text %# in linear time', (text) => {
    const started = performance.now();
    estimate({ title: text, description: text, labels: [text], projectContext: text });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
