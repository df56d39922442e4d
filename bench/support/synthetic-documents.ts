const WORDS = (
  'account amount answer archive border bridge budget camera capital carbon castle change circuit climate coast ' +
  'contract copper council culture current demand design detail district economy engine estate evidence factory ' +
  'festival figure forest fuel garden glass harbour history hospital income industry island journal journey kitchen ' +
  'language leather library machine market meadow measure metal method minister mountain museum nature network ' +
  'number object office opera orchard paper pattern period planet policy portrait profit province quality quarter ' +
  'railway region report reserve river safety school season sector silver soil station steel storage street supply ' +
  'system theatre timber tower trade traffic valley vessel village volume water weather winter'
).split(' ');
const WORDS_EACH = 40;

export interface SyntheticDocument {
  readonly id: string;
  readonly text: string;
  readonly metadata: { readonly tenth: number; readonly hundredth: number; readonly thousandth: number };
}

/** One chunk of about 300 characters. Filters on its metadata pass 10 %, 1 % and 0.1 % of all. */
export function syntheticDocument(number: number): SyntheticDocument {
  // Remainders of the number itself would go with the clusters of the vectors.
  const place = Math.imul(number, 0x85_eb_ca_6b) >>> 8;
  const words = Array.from(
    { length: WORDS_EACH },
    (_, index) => WORDS[(Math.imul(number + 1, 2 * index + 3) >>> 3) % WORDS.length],
  );
  return {
    id: `passage-${number}`,
    text: `Passage ${number}. ${words.join(' ')}.`,
    metadata: { tenth: place % 10, hundredth: place % 100, thousandth: place % 1000 },
  };
}
