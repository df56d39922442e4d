/** Length of `text-embedding-3-small`'s vectors. */
export const DIMENSIONS = 1536;
const CLUSTERS = 1000;
/** Length of what sets a member of a cluster apart from its centre, whose length is 1. */
const SPREAD = 0.6;
const QUERY_SEED = 0x51_7c_c1_b7;

/** Vector of length 1 of the passage with this number: always the same, near the centre of one of 1,000 clusters. */
export function passageVector(number: number): Float32Array {
  return member(number % CLUSTERS, number + CLUSTERS);
}

/** Vector of the query with this number: near the centre of a cluster too, but no passage's own. */
export function queryVector(number: number): Float32Array {
  return member((number * 7919) % CLUSTERS, number + QUERY_SEED);
}

function member(cluster: number, seed: number): Float32Array {
  const centre = randomDirection(cluster);
  const apart = randomDirection(seed);
  return normalized(centre.map((value, index) => value + SPREAD * (apart[index] ?? 0)));
}

function randomDirection(seed: number): Float32Array {
  // A xorshift generator; the multiplication sets seeds that are near each other far apart.
  let state = Math.imul(seed + 1, 0x9e_37_79_b1) | 1;
  const values = new Float32Array(DIMENSIONS);
  for (let index = -16; index < DIMENSIONS; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    if (index >= 0) values[index] = state;
  }
  return normalized(values);
}

function normalized(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}
