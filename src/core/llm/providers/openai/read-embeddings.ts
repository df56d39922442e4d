import { TimeSlice } from '../../../../common/async/time-slice.js';
import { decodeVector } from '../../vector-bytes.js';
import { asCount, asRecord } from '../read-value.js';
import { UnusableAnswerError } from '../unusable-answer.error.js';

export interface ExpectedEmbeddings {
  readonly count: number;
  /** Null where any length will do, as long as it is the same for all. */
  readonly dimensions: number | null;
}

export interface ReadEmbeddings {
  /** In the order of the inputs. */
  readonly vectors: Float32Array[];
  /** Null where the answer doesn't say. */
  readonly promptTokens: number | null;
}

/**
 * Reads the body of an answer to `POST /embeddings`, with vectors in base64 or as numbers.
 * @throws UnusableAnswerError unless there is one finite vector of the right length for each input
 */
export async function readEmbeddings(
  body: unknown,
  { count, dimensions }: ExpectedEmbeddings,
): Promise<ReadEmbeddings> {
  const { data, usage } = asRecord(body);
  if (!Array.isArray(data) || data.length !== count)
    throw new UnusableAnswerError('It has the wrong number of vectors.');
  const vectors = new Array<Float32Array | undefined>(count);
  const slice = new TimeSlice();
  let length = dimensions;
  for (const [position, item] of data.entries()) {
    const { index = position, embedding } = asRecord(item);
    if (!isFreePlace(vectors, index))
      throw new UnusableAnswerError('Its vectors are not numbered one by one.');
    const vector = readVector(embedding);
    length ??= vector.length;
    if (vector.length !== length) {
      throw new UnusableAnswerError(
        `A vector has ${vector.length} dimensions where ${length} were expected.`,
      );
    }
    vectors[index] = vector;
    if (slice.isOver) await slice.breathe();
  }
  return { vectors: vectors.filter((vector) => vector !== undefined), promptTokens: readPromptTokens(usage) };
}

function isFreePlace(vectors: readonly (Float32Array | undefined)[], index: unknown): index is number {
  return (
    typeof index === 'number' &&
    Number.isInteger(index) &&
    !(index in vectors) &&
    index >= 0 &&
    index < vectors.length
  );
}

function readVector(embedding: unknown): Float32Array {
  const vector = typeof embedding === 'string' ? decodeVector(embedding) : fromNumbers(embedding);
  if (!vector) throw new UnusableAnswerError('A vector is neither base64 nor numbers.');
  if (!isFiniteVector(vector))
    throw new UnusableAnswerError('A vector holds something other than finite numbers.');
  return vector;
}

/** By index, because both `every` and an iterator put each of some thousand numbers into an object of its own. */
function isFiniteVector(vector: Float32Array): boolean {
  for (let index = 0; index < vector.length; index += 1) if (!Number.isFinite(vector[index])) return false;
  return true;
}

function fromNumbers(embedding: unknown): Float32Array | null {
  if (!Array.isArray(embedding) || embedding.length === 0) return null;
  return Float32Array.from(embedding, (value: unknown) => (typeof value === 'number' ? value : NaN));
}

function readPromptTokens(usage: unknown): number | null {
  const { prompt_tokens: prompt, total_tokens: total } = asRecord(usage);
  return asCount(prompt ?? total);
}
