// The way in for every npm script. Plain JavaScript without packages, because on a fresh clone
// there are none yet, and the Node that runs this file may be as old as 20.
import { fileURLToPath } from 'node:url'
import { bundleApart } from './launch/bundle-apart.js'
import { runProcess } from './launch/child.js'
import { Failure } from './launch/failure.js'
import { installMissing } from './launch/install.js'
import { findRuntime } from './launch/runtime.js'
import { serverFlags } from '../src/platform/lifecycle/server-flags.js'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Commands that are bundled, mostly from `src/`, and run. The first entry is the one started. */
const bundled = {
  start: ['src/main.ts'],
  demo: ['src/commands/demo.ts'],
  import: ['src/commands/import.ts'],
  pharmacies: ['src/commands/pharmacies.ts'],
  audit: ['src/commands/audit.ts'],
  backup: ['src/commands/backup.ts'],
  restore: ['src/commands/restore.ts'],
  distribute: ['src/commands/distribute.ts'],
  screen: ['src/commands/screen.ts'],
  uptake: ['src/commands/uptake.ts'],
  bench: ['src/commands/bench.ts', 'src/main.ts', 'src/bench/bare/bare-server.ts'],
  survive: [
    'src/commands/survive.ts',
    'src/main.ts',
    'src/commands/backup.ts',
    'src/commands/restore.ts',
  ],
  scan: ['scripts/scan.ts'],
}

/** Commands that are TypeScript without imports from `src/`, run as they are. */
const direct = {
  test: 'scripts/test/main.ts',
  check: 'scripts/check/main.ts',
  format: 'scripts/format.ts',
  fuzz: 'scripts/fuzz.ts',
}

async function run(command, args) {
  const entries = bundled[command]
  const script = direct[command]
  if (!entries && !script) {
    const known = [...Object.keys(bundled), ...Object.keys(direct)].join(', ')
    throw new Failure(`There is no command "${command ?? ''}". Commands: ${known}.`)
  }
  await installMissing(root, { development: Boolean(script) })
  const runtime = findRuntime(root)
  const files = entries ? bundleApart(root, entries) : [script]
  // The service keeps no map of its source: it would be a fifth of its memory from the first fault on.
  const flags = command === 'start' ? serverFlags(runtime.version) : ['--enable-source-maps']
  return runProcess(runtime.path, [...flags, files[0], ...args], root)
}

try {
  process.exitCode = await run(process.argv[2], process.argv.slice(3))
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
