import fc from 'fast-check';
import { HeuristicEstimator } from './heuristic-estimator.js';
import { MAX_HOURS, MIN_HOURS } from './scale.js';
import type { Task } from './task.js';

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
  [5, 'money, tenants, and an engine from nothing', { title: 'Implement configurable multi-tenant billing engine' }],
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
  [5, 'downtime, procedures, nine services', { title: 'Migrate from MySQL to PostgreSQL', description: MYSQL }],
  [4, 'two protocols and security', { title: 'Add single sign-on with SAML and OIDC', issueType: 'feature' }],
  [4, 'hard to reproduce, money at stake', { title: 'Race condition in order processing causes duplicate charges', issueType: 'bug' }],
  [4, 'long hunts under load', { title: 'Memory leak in websocket server under load', issueType: 'bug' }],
  [4, 'webhooks, refunds, invoices', { title: 'Integrate Stripe payments', description: STRIPE, issueType: 'feature' }],
  [4, 'five major versions', { title: 'Upgrade from Angular 12 to Angular 17', issueType: 'chore' }],
  [4, 'keys, rotation, migration of what is there', { title: 'Add encryption at rest for customer data' }],
  [4, 'mechanical, but everywhere', { title: 'Replace the logging library', relatedFiles: FIVE_HUNDRED_FILES }],
  [3, 'a screen, an export, edge cases', { title: 'Export report as CSV', description: CSV, issueType: 'feature' }],
  [3, 'all styles once', { title: 'Add dark mode' }],
  [3, 'a log says where to look, not why', { title: 'Checkout fails with status 500', description: LOG_LINE.repeat(600), issueType: 'bug' }],
  [3, 'the label says it', { title: 'Tax on the invoice', labels: ['points: 5'] }],
  [2, 'a query and a test', { title: 'Add pagination to GET /users endpoint' }],
  [2, 'a known place', { title: 'NullPointerException in UserService.getName', description: STACK_TRACE, issueType: 'bug' }],
  [2, 'one class', { title: 'Add unit tests for the price formatter', issueType: 'test' }],
  [2, 'for newcomers', { title: 'Improve error message when the config file is missing', labels: ['good first issue'] }],
  [1, 'German: a typo on the front page', { title: 'Tippfehler auf der Startseite korrigieren' }],
  [5, 'German: a new billing system', { title: 'Neues Abrechnungssystem entwickeln' }],
  [5, 'Spanish: all of the platform', { title: 'Migrar toda la plataforma a una arquitectura de microservicios' }],
  [1, 'Chinese: a typo on the login page', { title: '修复登录页面的错别字' }],
  [5, 'Japanese: a payment system, designed anew', { title: '決済システムの再設計' }],
];
