// @ts-check
import fc from 'fast-check';

/* With `TEST_SEED` the property tests try the same values each time, so that the same commit gives the same result. */
const seed = process.env['TEST_SEED'];
if (seed) fc.configureGlobal({ seed: Number(seed) });
