// eslint-disable-next-line no-control-regex -- control characters, and those that only say where a line may break
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\ufffe\uffff]/gu;
const LINE_BREAK = /\r\n?|\u2028|\u2029/gu;

/** Text that can be stored: well-formed, without control characters, and with no more than one blank line at a time. */
export function cleanText(text: string): string {
  const lines = text.replace(LINE_BREAK, '\n').replace(UNPRINTABLE, '').toWellFormed().split('\n');
  const kept: string[] = [];
  for (const line of lines) {
    const trimmed = line.trimEnd();
    if (trimmed !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(trimmed);
  }
  while (kept.at(-1) === '') kept.pop();
  return kept.join('\n');
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).split(/\s/u).filter(Boolean).join(' ');
}
