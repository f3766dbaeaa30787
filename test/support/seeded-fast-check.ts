// jest has this in place of fast-check, whose own seed is another one each time: a build that fails by chance tells its
// reader nothing. By the path, because the name leads here.
import fc from '../../node_modules/fast-check/lib/fast-check.js';

/** Where the random values of every property begin; a property may name a seed of its own. */
export const seed = Number(process.env['INTERLOCK_TEST_SEED'] ?? 1);
if (!Number.isInteger(seed)) throw new TypeError('INTERLOCK_TEST_SEED must be a whole number, or "random"');

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default fc;
