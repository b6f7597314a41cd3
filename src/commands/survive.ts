import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { backupUnderLoad } from '../survival/backup.ts'
import { kills } from '../survival/kills.ts'
import { printOutcome, type Outcome } from '../survival/outcome.ts'
import { overload } from '../survival/overload.ts'
import { ample, small } from '../survival/practice.ts'
import { standby } from '../survival/standby.ts'
import { embeddedTarget, separateTarget, type Target } from '../survival/targets.ts'
import { twoServers } from '../survival/two-servers.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'embedded' },
    clients: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    size: { type: 'string', default: 'ample' },
    json: { type: 'boolean', default: false },
  },
})

/** One run in a folder of its own. */
type Run = (folder: string) => Promise<Outcome>

const runs: Readonly<Record<string, Run>> = {
  kills: (folder) => {
    const asked = {
      times: whole('times', values.times ?? '100'),
      minutes: whole('minutes', values.minutes),
      seed: whole('seed', values.seed),
      size: size(),
      longestMs: values.size === 'small' ? 1000 : 4000,
    }
    if (values.database === 'embedded') return kills(embeddedTarget(folder), asked)
    return withSeparate(folder, (target) => kills(target, asked))
  },
  standby: (folder) =>
    standby([join(folder, 'one'), join(folder, 'two')], {
      times: whole('times', values.times ?? '3'),
      size: size(),
    }),
  'two-servers': (folder) =>
    withSeparate(folder, (target) => twoServers(target, { seconds: seconds(), size: size() })),
  overload: (folder) =>
    withSeparate(folder, (target) =>
      overload(target, {
        clients: whole('clients', values.clients),
        seconds: seconds(),
        size: size(),
      }),
    ),
  backup: (folder) =>
    withSeparate(folder, (target) =>
      backupUnderLoad(target, folder, { seconds: seconds(), size: size() }),
    ),
}

async function withSeparate(
  folder: string,
  work: (target: Target) => Promise<Outcome>,
): Promise<Outcome> {
  const { target, database } = await separateTarget(folder)
  try {
    return await work(target)
  } finally {
    await database.stop()
  }
}

const size = () => (values.size === 'small' ? small : ample)

const seconds = () => whole('seconds', values.seconds)

function whole(option: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  console.error(`--${option} must be a whole number above 0`)
  process.exit(2)
}

const name = positionals[0] ?? ''
const run = Object.hasOwn(runs, name) ? runs[name] : undefined
if (!run) {
  const all = Object.keys(runs).map((one) => `npm run survive -- ${one}`)
  console.error(`Name what is to be survived: ${all.join(', ')}`)
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'patient-online-survive-'))
try {
  const outcome = await run(folder)
  printOutcome(name, outcome, values.json)
  process.exitCode = outcome.breaches.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 15, retryDelay: 100 })
}
