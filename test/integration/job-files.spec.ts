import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { PayloadTooLargeError } from '../../src/common/errors/payload-too-large.error.js';
import { KIND } from '../support/job-replica.js';
import { content, JobTestBed, untilEnded } from '../support/job-test-bed.js';

const MEBIBYTE = 1024 * 1024;

describe('files of jobs', () => {
  let bed: JobTestBed;

  beforeAll(async () => {
    bed = await JobTestBed.open();
  });
  afterAll(() => bed.close());
  afterEach(() => bed.clear());

  it('come back byte by byte, whatever they are cut into', async () => {
    const one = await bed.replica();
    const sizes = fc.array(fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 3 * MEBIBYTE })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.uuid(), sizes, async (job, lengths) => {
        const chunks = lengths.map((length) => randomBytes(length));
        const size = await one.files.store(job, 'audio', content(...chunks));
        const whole = Buffer.concat(chunks);
        expect(size).toBe(whole.length);
        const read = await buffer(one.files.read(job, 'audio'));
        expect(sha256(read)).toBe(sha256(whole));
        const [row] = await bed.database.query<{ largest: number | null }>(
          'select max(length(bytes)) as largest from job_files',
        );
        expect(row!.largest ?? 0).toBeLessThanOrEqual(MEBIBYTE);
        await one.files.delete(job);
      }),
      { numRuns: 15 },
    );
    expect(await bed.countFiles()).toBe(0);
  });

  it('are there for the handler, and gone when the job has ended', async () => {
    const bytes = randomBytes(2.5 * MEBIBYTE);
    const one = (await bed.replica())
      .handle(async (_, { readFile }) => ({ sha256: sha256(await buffer(readFile('audio'))) }))
      .start();
    const files = [{ name: 'audio', open: () => content(bytes) }];
    const id = await one.jobs.submit({ kind: KIND, payload: {}, files });
    expect((await untilEnded(one, id)).result).toEqual({ sha256: sha256(bytes) });
    expect(await bed.countFiles()).toBe(0);
  });

  it('are not stored twice for the same key', async () => {
    const one = await bed.replica();
    let opened = 0;
    const files = [
      {
        name: 'audio',
        open: () => {
          opened += 1;
          return content(randomBytes(10));
        },
      },
    ];
    const submission = { kind: KIND, payload: {}, files, idempotencyKey: 'key' };
    await Promise.all([one.jobs.submit(submission), one.jobs.submit(submission)]);
    expect(await bed.countFiles()).toBe(1);
    const before = opened;
    await one.jobs.submit(submission);
    expect(opened).toBe(before);
  });

  it('that are too large, or whose sender leaves, leave nothing', async () => {
    const one = await bed.replica({ JOB_MAX_FILE_BYTES: String(MEBIBYTE) });
    const submit = (size: number, signal?: AbortSignal) =>
      one.jobs.submit({
        kind: KIND,
        payload: {},
        files: [{ name: 'audio', open: () => content(randomBytes(size)) }],
        ...(signal && { signal }),
      });
    await expect(submit(MEBIBYTE + 1)).rejects.toBeInstanceOf(PayloadTooLargeError);
    await expect(submit(10, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    expect(await bed.countFiles()).toBe(0);
    expect((await one.jobs.list({}, { limit: 1, offset: 0 })).total).toBe(0);
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
