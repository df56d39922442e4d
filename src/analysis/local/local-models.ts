/** The local analyzers by what they do, as `model` names them. */
export const LOCAL_MODELS = {
  sentiment: 'local-vader',
  keywords: 'local-noun-phrases',
  summarize: 'local-centroid',
  classify: 'local-word-vectors',
} as const;
