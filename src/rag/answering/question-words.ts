/** Stems of English words that ask rather than say what about. The analyzer has dropped the commonest already. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  (
    'what which who whom whose when where why how do doe did can could would should shall may might must have ha had ' +
    'been am were i you he she we me my your our us him her them ani some about from so than too veri just also tell ' +
    'give show explain describ mani much long often get got need pleas'
  ).split(' '),
);
