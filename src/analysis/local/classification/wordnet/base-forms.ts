import type { PartOfSpeech } from './wordnet-files.js';

/** WordNet's own rules of detachment, tried in this order. */
const ENDINGS: Readonly<Record<PartOfSpeech, readonly (readonly [string, string])[]>> = {
  noun: [
    ['s', ''],
    ['ses', 's'],
    ['xes', 'x'],
    ['zes', 'z'],
    ['ches', 'ch'],
    ['shes', 'sh'],
    ['men', 'man'],
    ['ies', 'y'],
  ],
  verb: [
    ['s', ''],
    ['ies', 'y'],
    ['es', 'e'],
    ['es', ''],
    ['ed', 'e'],
    ['ed', ''],
    ['ing', 'e'],
    ['ing', ''],
  ],
  adj: [
    ['er', ''],
    ['est', ''],
    ['er', 'e'],
    ['est', 'e'],
  ],
  adv: [],
};

/** The forms under which a dictionary may list a word: itself, and without its endings. */
export function baseForms(word: string, part: PartOfSpeech): string[] {
  return [
    word,
    ...ENDINGS[part].flatMap(([ending, replacement]) =>
      word.endsWith(ending) && word.length > ending.length + 1
        ? [word.slice(0, word.length - ending.length) + replacement]
        : [],
    ),
  ];
}
