/** Holds the code to the layers and names of docs/decisions/0001-house.md. */

import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import t from 'tap'
import { emptyDatabase } from './helpers/database.ts'

const ROOT = join(import.meta.dirname, '..')

/**
 * Who may import whom. The first row whose `files` begin a file's path is the one that counts.
 * `ours` are paths of the project, `packages` names of packages, `node:` every module of Node's.
 * A `*` stands for one folder: the same one on both sides.
 */
const LAYERS: readonly { files: string; ours: readonly string[]; packages: readonly string[] }[] = [
  { files: 'server/domain/', ours: ['server/domain/'], packages: ['typebox'] },
  {
    files: 'server/store/database.ts',
    ours: ['server/store/', 'server/domain/'],
    packages: ['kysely', 'better-sqlite3', 'pg', 'node:'],
  },
  {
    files: 'server/store/',
    ours: ['server/store/', 'server/domain/'],
    packages: ['kysely', 'uuid', 'pinyin-pro', 'node:'],
  },
  {
    files: 'server/actions/',
    ours: ['server/actions/', 'server/domain/', 'server/store/', 'server/errors.ts'],
    packages: ['uuid', '@node-rs/argon2', 'node:crypto'],
  },
  { files: 'exports/', ours: ['exports/', 'server/domain/'], packages: ['exceljs'] },
  // Pictures: numbers in, SVG text out.
  { files: 'server/charts/', ours: ['server/charts/', 'server/domain/'], packages: ['echarts'] },
  // Work beside the thread that answers pages: files of threads, and what starts them. The ledger is
  // checked on a connection of the thread's own.
  {
    files: 'server/workers/check-ledger.ts',
    ours: ['server/workers/', 'server/domain/', 'server/store/'],
    packages: ['node:'],
  },
  {
    files: 'server/workers/ledger-checker.ts',
    ours: ['server/workers/', 'server/domain/', 'server/store/'],
    packages: ['piscina', 'node:'],
  },
  {
    files: 'server/workers/',
    ours: ['server/workers/', 'server/domain/', 'exports/'],
    packages: ['piscina', 'node:'],
  },
  {
    files: 'server/plugins/',
    ours: [
      ...['server/plugins/', 'server/domain/', 'server/store/', 'server/config.ts'],
      ...['server/errors.ts', 'server/form.ts'],
    ],
    packages: ['fastify', 'fastify-plugin', '@fastify/', 'handlebars', 'node:'],
  },
  {
    files: 'server/routes/*/',
    ours: [
      ...['server/routes/*/', 'server/domain/', 'server/store/', 'server/actions/', 'exports/'],
      ...['server/errors.ts', 'server/form.ts', 'server/paging.ts', 'server/config.ts'],
      ...['server/recent.ts', 'server/heat-map.ts', 'server/charts/', 'server/workers/'],
    ],
    packages: ['fastify', 'fastify-plugin', '@fastify/', 'typebox', 'node:'],
  },
  {
    files: 'server/commands/',
    ours: [
      ...['server/commands/', 'server/domain/', 'server/store/', 'server/actions/', 'exports/'],
      ...['server/errors.ts', 'server/config.ts'],
    ],
    packages: ['node:'],
  },
  { files: 'migrations/', ours: [], packages: ['kysely'] },
  { files: 'server/errors.ts', ours: ['server/domain/'], packages: [] },
  {
    files: 'server/config.ts',
    ours: ['server/domain/', 'server/actions/password-hash.ts'],
    packages: ['env-schema', 'typebox', 'node:'],
  },
  { files: 'server/form.ts', ours: ['server/domain/', 'server/errors.ts'], packages: ['fastify'] },
  { files: 'server/paging.ts', ours: ['server/domain/'], packages: [] },
  { files: 'server/recent.ts', ours: [], packages: [] },
  { files: 'server/heat-map.ts', ours: ['server/domain/'], packages: [] },
  // What composes the rest.
  { files: 'server/app.ts', ours: ['server/'], packages: ['fastify', '@fastify/', 'node:'] },
  { files: 'server/main.ts', ours: ['server/'], packages: ['close-with-grace', 'node:'] },
  { files: 'server/cli.ts', ours: ['server/'], packages: ['node:'] },
]

const BANNED = [
  'utils',
  'util',
  'common',
  'shared',
  'manager',
  'service',
  'handler',
  'data',
  'info',
]

const MOST_LINES = 250

/** What the code may not say in a folder, and why. */
const FORBIDDEN: readonly { files: string; but?: string; says: RegExp; because: string }[] = [
  {
    files: 'server/',
    but: 'server/store/',
    says: /\.(insertInto|updateTable|deleteFrom|selectFrom)\(/,
    because: 'the store is the only place with SQL',
  },
  {
    files: 'server/domain/',
    says: /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bprocess\./,
    because: 'the domain knows no clock, no chance and no surroundings',
  },
  {
    files: 'server/',
    but: 'server/store/database.ts',
    says: /\bSqlite[A-Z]\w+|\bPostgres[A-Z]\w+/,
    because: 'database.ts is the only file that knows the dialect',
  },
  {
    files: 'test/',
    but: 'test/house.test.ts',
    says: /\b(?:t|test)\.(?:only|skip|todo)\(|\b(?:only|skip|todo): true/,
    because: 'every test runs, every time',
  },
]

interface Source {
  path: string
  text: string
}

const sources: Source[] = globSync('{server,exports,migrations,test,scripts}/**/*.{ts,cjs}', {
  cwd: ROOT,
})
  .sort()
  .map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: readFileSync(join(ROOT, path), 'utf8'),
  }))

function sourcesIn(folder: string): Source[] {
  return sources.filter(({ path }) => path.startsWith(folder))
}

/** Every module that a file names, ours as paths of the project. */
function importsOf({ path, text }: Source): string[] {
  const patterns = [
    /^(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'/gm,
    /^import\s+'([^']+)'/gm,
    /\bimport\(\s*'([^']+)'/g,
  ]
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
    .map((name) => (name.startsWith('.') ? posix.normalize(`${dirname(path)}/${name}`) : name))
}

/** The folder that stands for `*`, or undefined if the path does not begin like the pattern. */
function matched(pattern: string, path: string): string | undefined {
  const [before = '', after] = pattern.split('*')
  if (!path.startsWith(before)) return undefined
  if (after === undefined) return ''
  return path.slice(before.length).split('/')[0]
}

function isOurs(name: string): boolean {
  return /^(server|exports|migrations|test|scripts|views)\//.test(name)
}

/** Whether a module is the package, a part of it, or one of `@scope/` or `node:`. */
function isWithin(name: string, allowed: string): boolean {
  return name === allowed || name.startsWith(/[/:]$/.test(allowed) ? allowed : `${allowed}/`)
}

t.test('every file imports only what its layer may', async (t) => {
  t.ok(sources.length > 100, 'the files are found')
  for (const source of sources.filter(({ path }) => !/^(test|scripts)\//.test(path))) {
    const layer = LAYERS.find(({ files }) => matched(files, source.path) !== undefined)
    const folder = layer && matched(layer.files, source.path)
    const ours = layer?.ours.map((pattern) => pattern.replace('*', folder ?? '')) ?? []
    const wrong = importsOf(source).filter((name) =>
      isOurs(name)
        ? !ours.some((allowed) => name.startsWith(allowed))
        : !layer?.packages.some((allowed) => isWithin(name, allowed)),
    )
    t.ok(layer, `${source.path} belongs to a layer`)
    t.strictSame(wrong, [], source.path)
  }
})

t.test('the table bites: what it forbids is found', async (t) => {
  const text = "import {\n  a,\n} from '../store/x.ts'\nimport 'fastify'\nawait import('node:fs')\n"
  t.strictSame(importsOf({ path: 'server/domain/y.ts', text }), [
    'server/store/x.ts',
    'fastify',
    'node:fs',
  ])
  t.equal(matched('server/routes/*/', 'server/routes/ranking/view.ts'), 'ranking')
  t.ok(isWithin('kysely/migration', 'kysely') && isWithin('node:fs', 'node:'))
  t.notOk(isWithin('pgx', 'pg') || isWithin('fastify-plugin', 'fastify'))
  t.equal(matched('server/domain/', 'server/store/x.ts'), undefined)
})

t.test('routes and plugins read from the store, and write through actions', async (t) => {
  const writes = sourcesIn('server/store/').flatMap(({ text }) =>
    [...text.matchAll(/^export async function (\w+)(?:<[^>]*>)?\(\s*trx: Trx/gm)].map((m) => m[1]),
  )
  t.ok(writes.includes('insertMarks') && writes.includes('recordAudit'), 'writes are found')
  for (const { path, text } of [...sourcesIn('server/routes/'), ...sourcesIn('exports/')]) {
    const named = writes.filter((name) => new RegExp(`\\b${name}\\b`).test(text))
    t.strictSame(named, [], path)
  }
})

t.test('every action that writes records who did it', async (t) => {
  for (const { path, text } of sourcesIn('server/actions/')) {
    if (!/\bdb: Database\b/.test(text)) continue
    t.match(text, /\bawait recordAudit\(|\brecordAudit\(trx/, path)
  }
})

t.test('no folder says what it may not', async (t) => {
  for (const { files, but, says, because } of FORBIDDEN) {
    for (const { path, text } of sourcesIn(files)) {
      if (but !== undefined && path.startsWith(but)) continue
      t.notMatch(text, says, `${path}: ${because}`)
    }
  }
})

t.test('files are kebab-case and no name says nothing', async (t) => {
  for (const { path, text } of sources) {
    t.match(basename(path), /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(ts|cjs)$/, path)
    const exported = [
      ...text.matchAll(/^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm),
    ]
    const names = [path.replace(/\.\w+$/, ''), ...exported.map((match) => match[1] ?? '')]
    for (const name of names) {
      const words = name.split(/[^A-Za-z0-9]+|(?=[A-Z])/).map((word) => word.toLowerCase())
      const banned = words.filter((word) => BANNED.includes(word))
      if (banned.length > 0) t.fail(`${path}: ${name} is named after nothing (${banned})`)
    }
  }
})

t.test('a long file says why', async (t) => {
  for (const { path, text } of sources) {
    if (path.startsWith('test/') || text.split('\n').length <= MOST_LINES) continue
    const [comment = ''] = text.match(/^\/\*\*[\s\S]*?\*\//) ?? []
    t.match(comment, /\blong because\b/i, `${path} has more than ${MOST_LINES} lines`)
  }
})

t.test('columns are text or whole numbers', async (t) => {
  const tables = await (await emptyDatabase()).introspection.getTables()
  t.ok(tables.length > 10, 'the tables are found')
  for (const { name, columns } of tables) {
    t.match(name, /^[a-z]+(_[a-z]+)*$/)
    for (const column of columns) {
      t.ok(
        ['text', 'integer', 'bigint'].includes(column.dataType.toLowerCase()),
        `${name}.${column.name} is ${column.dataType}`,
      )
    }
  }
})
