/** A rule about the items of a list, kept beside it, because class-validator doesn't say which item broke it. */
export interface ItemRule {
  readonly accepts: (item: unknown) => boolean;
}

export function eachItem(accepts: (item: unknown) => boolean): ItemRule {
  return { accepts };
}

/** Position of the first item that the rule refuses; null when there is none or it is not about items. */
export function offendingIndex(items: unknown, rule: unknown): number | null {
  if (!Array.isArray(items) || !isItemRule(rule)) return null;
  const index = items.findIndex((item) => !rule.accepts(item));
  return index === -1 ? null : index;
}

function isItemRule(value: unknown): value is ItemRule {
  return typeof value === 'object' && value !== null && 'accepts' in value;
}
