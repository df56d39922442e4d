import { Injectable } from '@nestjs/common';
import { AnthropicClient } from './anthropic/anthropic-client.js';
import { OpenAiClient } from './openai/openai-client.js';

/** The ways to all providers. */
@Injectable()
export class ProviderClients {
  constructor(
    readonly openai: OpenAiClient,
    readonly anthropic: AnthropicClient,
  ) {}
}
