import type { ChatCall } from './chat-protocols.js';

/** What the model was told apart from the user's message. */
export function systemOf(call: ChatCall | undefined): string {
  const inMessages = call?.messages.filter(({ role }) => role !== 'user' && role !== 'assistant') ?? [];
  return JSON.stringify([call?.['system'], inMessages]);
}

export function userTextOf(call: ChatCall | undefined): string {
  return JSON.stringify(call?.messages.filter(({ role }) => role === 'user'));
}
