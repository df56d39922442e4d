import { JsonClient } from '../support/json-client.js';
import { type OpenAiStub, startOpenAiStub } from '../support/openai-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
