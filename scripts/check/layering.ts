import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inspect } from './cruise.ts'
import { rules, steps } from './layers.ts'

/**
 * Holds the source against the rules, after showing on a small project made to break every rule
 * that each of them bites: a checker that reads nothing finds nothing either.
 */
const root = process.cwd()
const faults = [...(await silentRules()), ...(await brokenRules()), ...unknownCapabilities()]
for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0

async function brokenRules(): Promise<readonly string[]> {
  const { broken, inspected } = await inspect(root)
  const files = globSync('src/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (name) => name.endsWith('.d.ts'),
  })
  const short = inspected < files.length || files.length === 0
  return [
    ...(short ? [`Only ${inspected} of ${files.length} files in src were inspected`] : []),
    ...broken.map(({ rule, from, to }) => `${rule}: ${from} imports ${to}`),
  ]
}

function unknownCapabilities(): readonly string[] {
  const known = new Set(steps.flat())
  const present = readdirSync(join(root, 'src', 'modules'))
  const unknown = present.filter((name) => !known.has(name))
  return unknown.map((name) => `src/modules/${name} has no step in scripts/check/layers.ts`)
}

async function silentRules(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'po-layering-'))
  try {
    for (const [path, text] of Object.entries(offences())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const { broken } = await inspect(folder)
    const reported = new Set(broken.map(({ rule }) => rule))
    const silent = rules.filter(({ name }) => name !== undefined && !reported.has(name))
    return silent.map(({ name }) => `The rule ${name} does not bite`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A project in which every rule is broken at least once, some only by the import of a type. */
function offences(): Readonly<Record<string, string>> {
  const capabilities = steps.flat()
  const top = capabilities.at(-1)
  const doors = capabilities.map((name): readonly [string, string] => [
    `src/modules/${name}/index.ts`,
    name === top ? `import '#modules/directory'` : `import type {} from '#modules/${top}'`,
  ])
  return {
    ...Object.fromEntries(doors),
    'package.json': JSON.stringify({
      type: 'module',
      imports: {
        '#kernel/*': './src/kernel/*.ts',
        '#platform/*': './src/platform/*/index.ts',
        '#modules/*': './src/modules/*/index.ts',
      },
      dependencies: { fastify: '*', pg: '*' },
      devDependencies: { linkedom: '*' },
    }),
    'test/builders.ts': '',
    'src/main.ts': `import './modules/record/plugin.ts'; import './platform/db/pool.ts'`,
    'src/app.ts': `import './modules/record/queries/entries.ts'`,
    'src/kernel/brand.ts': `import type {} from '#platform/db'`,
    'src/platform/db/index.ts': `import '#modules/record'; import '../log/pino.ts'`,
    'src/platform/db/pool.ts': `import 'fastify'`,
    'src/platform/log/pino.ts': `import '#platform/missing'`,
    'src/modules/record/plugin.ts': `import '../../app.ts'`,
    'src/modules/record/domain/entry.ts': `import type {} from '#platform/db'`,
    'src/modules/record/queries/entries.ts': `import '../commands/hold.ts'; import '../index.ts'`,
    'src/modules/record/commands/hold.ts': `import '../web/page.tsx'; import 'linkedom'`,
    'src/modules/record/web/page.tsx': `
      import '../../directory/queries/patients.ts'
      import '../../../../test/builders.ts'`,
    'src/modules/directory/queries/patients.ts': '',
  }
}
