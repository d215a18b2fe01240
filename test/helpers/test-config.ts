import { type Config, loadConfig } from '../../server/config.ts'

/** The default configuration, quiet, with cheap passwords and without limits that tests would run into. */
export function testConfig(more: Partial<Config> = {}): Config {
  return {
    ...loadConfig({}),
    logLevel: 'silent',
    passwordCost: { memoryCost: 64, timeCost: 1 },
    rateLimits: { requests: 100_000, signIns: 100_000 },
    ...more,
  }
}
