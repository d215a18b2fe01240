import t from 'tap'
import { loadConfig } from '../server/config.ts'

t.test('without any variable everything has a sound default', async (t) => {
  const config = loadConfig({})
  t.match(config, {
    databaseUrl: 'sqlite:data/hengjian.db',
    host: '127.0.0.1',
    port: 3000,
    logLevel: 'info',
    trustProxy: false,
    cookieSecure: 'auto',
    evidenceQuota: 1000 * 1024 * 1024,
    templateCache: true,
    passwordCost: { memoryCost: 19_456, timeCost: 2 },
  })
  t.ok(Object.isFrozen(config))
})

t.test('variables are read as what they mean', async (t) => {
  const config = loadConfig({
    DATABASE_URL: 'postgres://hj@db/hj',
    PORT: '8080',
    TRUST_PROXY: '10.0.0.0/8, 127.0.0.1',
    COOKIE_SECURE: 'true',
    NODE_ENV: 'development',
    SOMETHING_ELSE: 'x',
  })
  t.match(config, { port: 8080, trustProxy: '10.0.0.0/8, 127.0.0.1', cookieSecure: true })
  t.equal(config.templateCache, false)
  t.equal(loadConfig({ TRUST_PROXY: 'true', COOKIE_SECURE: 'false' }).trustProxy, true)
})

t.test('all faults are named at once, with what was given', async (t) => {
  const env = { PORT: '99999', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x', COOKIE_SECURE: '1' }
  t.throws(() => loadConfig(env), {
    message:
      '配置有误：\n' +
      '  DATABASE_URL 应以 sqlite: 或 postgres:// 开头，现在是「mysql://x」\n' +
      '  PORT 应是 0 到 65535 的整数，现在是「99999」\n' +
      '  LOG_LEVEL 应是 fatal、error、warn、info、debug、trace、silent 之一，现在是「loud」\n' +
      '  COOKIE_SECURE 应是 auto、true、false 之一，现在是「1」',
  })
  t.throws(() => loadConfig({ PORT: 'abc' }), /PORT .*「abc」/)
})
