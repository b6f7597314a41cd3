import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { kills } from '../survival/kills.ts'
import { printOutcome, type Outcome } from '../survival/outcome.ts'
import { ample } from '../survival/practice.ts'
import { embeddedTarget, separateTarget } from '../survival/targets.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'embedded' },
    clients: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})

/** One run in a folder of its own. */
type Run = (folder: string) => Promise<Outcome>

const runs: Readonly<Record<string, Run>> = {
  kills: async (folder) => {
    const asked = {
      times: whole('times', values.times),
      minutes: whole('minutes', values.minutes),
      seed: whole('seed', values.seed),
      size: ample,
      longestMs: 4000,
    }
    if (values.database === 'embedded') return kills(embeddedTarget(folder), asked)
    const { target, database } = await separateTarget(folder)
    try {
      return await kills(target, asked)
    } finally {
      await database.stop()
    }
  },
}

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
