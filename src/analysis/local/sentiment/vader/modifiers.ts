/** Mean effect of a degree adverb on the rating of the word after it, as VADER's authors measured it. */
const BOOST = 0.293;
const DAMPEN = -BOOST;

const BOOSTER_WORDS =
  'absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously ' +
  'entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin frackin fracking ' +
  'fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella highly hugely incredible ' +
  'incredibly intensely major majorly more most particularly purely quite really remarkably so substantially ' +
  'thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly very';

const DAMPENER_WORDS =
  'almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally partly scarce ' +
  'scarcely slight slightly somewhat sorta sortof sort-of';

/** What a degree adverb adds to the strength of the word after it. */
export const DEGREES: ReadonlyMap<string, number> = new Map([
  ...BOOSTER_WORDS.split(' ').map((word) => [word, BOOST] as const),
  ...DAMPENER_WORDS.split(' ').map((word) => [word, DAMPEN] as const),
]);

/** Degree adverbs of several words. */
export const DEGREE_PHRASES: ReadonlyMap<string, number> = new Map(
  ['just enough', 'kind of', 'sort of'].map((phrase) => [phrase, DAMPEN] as const),
);

/** Phrases that mean something else than their words. */
export const IDIOMS: ReadonlyMap<string, number> = new Map([
  ['the shit', 3],
  ['the bomb', 3],
  ['bad ass', 1.5],
  ['badass', 1.5],
  ['bus stop', 0],
  ['yeah right', -2],
  ['kiss of death', -1.5],
  ['to die for', 3],
  ['beating heart', 3.5],
]);

const NEGATIONS: ReadonlySet<string> = new Set(
  (
    'aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt neither ' +
    'never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh uh-uh wasnt werent without wont wouldnt ' +
    'rarely seldom despite'
  ).split(' '),
);

/** @param word in lower case */
export function negates(word: string): boolean {
  return NEGATIONS.has(word) || word.includes("n't");
}
