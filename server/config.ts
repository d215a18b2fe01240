import { envSchema } from 'env-schema'
import { type Static, Type } from 'typebox'
import type { PasswordCost } from './actions/password-hash.ts'

/**
 * Every variable the program reads. The descriptions are the second half of an error message;
 * docs/settings.md is held to this.
 */
export const Environment = Type.Object({
  DATABASE_URL: Type.String({
    default: 'sqlite:data/hengjian.db',
    pattern: '^(sqlite:.|postgres(ql)?://.)',
    description: '应以 sqlite: 或 postgres:// 开头',
  }),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1, description: '应是本机的地址' }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65535,
    description: '应是 0 到 65535 的整数',
  }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: '应是 fatal、error、warn、info、debug、trace、silent 之一',
  }),
  // Behind a reverse proxy: `true`, or the proxy's addresses, separated by commas.
  TRUST_PROXY: Type.String({
    default: 'false',
    pattern: '^(true|false|[0-9A-Fa-f.:/]+(,\\s*[0-9A-Fa-f.:/]+)*)$',
    description: '应是 true、false 或反向代理的地址，多个地址用逗号分隔',
  }),
  // `auto`: secure when the request came over https.
  COOKIE_SECURE: Type.Enum(['auto', 'true', 'false'], {
    default: 'auto',
    description: '应是 auto、true、false 之一',
  }),
  EVIDENCE_DIR: Type.String({
    default: 'data/evidence',
    pattern: '\\S',
    description: '应是存放佐证材料的文件夹',
  }),
  EVIDENCE_QUOTA_MB: Type.Integer({
    default: 1000,
    minimum: 20,
    maximum: 1_000_000,
    description: '应是 20 到 1000000 的整数',
  }),
  NODE_ENV: Type.String({ default: 'production', description: '应是 production 或 development' }),
})

/** The whole configuration of one process, frozen. */
export interface Config {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  readonly logLevel: Static<typeof Environment>['LOG_LEVEL']
  readonly trustProxy: boolean | string
  readonly cookieSecure: boolean | 'auto'
  /** the folder that holds what units handed in */
  readonly evidenceDir: string
  /** the most bytes that a unit hands in for one cycle */
  readonly evidenceQuota: number
  /** compile each template once; off while templates are being written */
  readonly templateCache: boolean
  /** what one password costs to verify; only tests make it cheaper */
  readonly passwordCost: PasswordCost
  readonly rateLimits: RateLimits
}

/** Requests a minute: of one person (or one address that has not signed in), and sign-ins of one address. */
export interface RateLimits {
  readonly requests: number
  readonly signIns: number
}

/**
 * Reads the configuration out of an environment.
 *
 * @throws {Error} naming every faulty variable at once, in Chinese
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const read = readEnvironment(env)
  return Object.freeze({
    databaseUrl: read.DATABASE_URL,
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    trustProxy: isYesNo(read.TRUST_PROXY) ? read.TRUST_PROXY === 'true' : read.TRUST_PROXY,
    cookieSecure: isYesNo(read.COOKIE_SECURE) ? read.COOKIE_SECURE === 'true' : 'auto',
    evidenceDir: read.EVIDENCE_DIR,
    evidenceQuota: read.EVIDENCE_QUOTA_MB * 1024 * 1024,
    templateCache: read.NODE_ENV !== 'development',
    passwordCost: { memoryCost: 19_456, timeCost: 2 },
    rateLimits: { requests: 600, signIns: 60 },
  })
}

function isYesNo(text: string): boolean {
  return text === 'true' || text === 'false'
}

function readEnvironment(env: NodeJS.ProcessEnv): Static<typeof Environment> {
  try {
    return envSchema<Static<typeof Environment>>({
      // A copy: the library writes into the schema it is given.
      schema: structuredClone(Environment),
      data: { ...env },
      env: false,
    })
  } catch (error) {
    const names = faultyNames(error)
    if (names.length === 0) throw error
    const lines = names.map((name) => `  ${name} ${describe(name)}，现在是「${env[name] ?? ''}」`)
    throw new Error(`配置有误：\n${lines.join('\n')}`, { cause: error })
  }
}

/** The variables an Ajv error is about, each once. */
function faultyNames(error: unknown): string[] {
  if (!(error instanceof Error && 'errors' in error && Array.isArray(error.errors))) return []
  const paths = error.errors.map((fault: { instancePath?: unknown }) => String(fault.instancePath))
  return [...new Set(paths.map((path) => path.slice(1)))]
}

function describe(name: string): string {
  const property = Object.entries(Environment.properties).find(([key]) => key === name)?.[1]
  return property && 'description' in property ? String(property.description) : '不合要求'
}
