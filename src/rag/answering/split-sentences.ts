/** Sentences of a text by Unicode's rules, in any language; a blank line or a line break in a list ends one too. */
export function splitSentences(text: string): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
  return text
    .split(/\n\s*\n|\n(?=\s*(?:[-*+#>|]|\d+[.)])\s)/u)
    .flatMap((block) =>
      [...segmenter.segment(block.replace(/\s+/gu, ' '))].map(({ segment }) => segment.trim()),
    )
    .filter((sentence) => sentence !== '');
}
