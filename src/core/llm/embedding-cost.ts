const MILLION = 1_000_000;

/** US dollars for that many input tokens; null where the price is unknown. */
export function costOf(
  { pricePerMillionTokens }: { readonly pricePerMillionTokens: number | null },
  tokens: number,
): number | null {
  return pricePerMillionTokens === null ? null : (tokens * pricePerMillionTokens) / MILLION;
}
