const NOT_BLANK = /\S+/gu;

/** The text with a bar in place of each link, e-mail address and name of an account, whose parts are no words of it. */
export function withoutAddresses(text: string): string {
  return text.replace(NOT_BLANK, (run) => (run.includes('://') || run.includes('@') ? '|' : run));
}
