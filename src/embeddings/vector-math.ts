/** Cosine of two vectors of the same length, −1..1; 0 when one of them is all zeros. */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  a.forEach((x, index) => {
    const y = b[index] ?? 0;
    product += x * y;
    squaresOfA += x * x;
    squaresOfB += y * y;
  });
  const norm = Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB);
  return norm === 0 ? 0 : Math.max(-1, Math.min(1, product / norm));
}
