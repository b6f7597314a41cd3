import { parseArgs } from 'node:util'
import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time'
import { parseConfig } from '#platform/config'
import { connect, ConnectFailure } from '#platform/connect'
import { refreshStatistics, type Database } from '#platform/db'
import { demoPassword, fillDemo, NotMadeUpError, smallDemo, type DemoSize } from '#modules/demo'

const usage =
  'Use: npm run demo -- [--practices N] [--patients N of each practice] [--seed N] [--today 2026-03-02]'

type Asked = DemoSize & { readonly today?: LocalDate }

function count(most: number) {
  const error = `must be a whole number from 1 to ${most}`
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(most, { error })
}

const settings = z.object({
  practices: count(18_999).default(smallDemo.practices),
  patients: count(900_000).default(smallDemo.patients),
  seed: count(Number.MAX_SAFE_INTEGER).default(smallDemo.seed),
  today: z
    .string()
    .transform((text, context) => {
      const day = parseLocalDate(text)
      if (day === undefined) context.addIssue('must be a day such as 2026-03-02')
      return day
    })
    .optional(),
})

function parseAsked(args: readonly string[]): Result<Asked, readonly string[]> {
  try {
    const one = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...args],
      options: { practices: one, patients: one, seed: one, today: one },
    })
    const parsed = settings.safeParse(values)
    if (!parsed.success) {
      return refuse(
        parsed.error.issues.map((issue) => `--${issue.path.join('.')} ${issue.message}.`),
      )
    }
    const { today, ...size } = parsed.data
    return accept({ ...size, ...(today !== undefined && { today }) })
  } catch (fault) {
    return refuse([fault instanceof Error ? fault.message : usage, usage])
  }
}

async function run(db: Database, asked: Asked): Promise<number> {
  const started = performance.now()
  try {
    const today = asked.today ?? localDateOf(db.now())
    const report = await fillDemo(db, { ...asked, today, onProgress: (line) => console.log(line) })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const { practices, patients, entries, released, held, alreadyThere } = report
    console.log(
      `Made ${practices} practices with ${patients} patients and ${entries} entries of their records ` +
        `(${released} released, ${held} held) in ${seconds} s.`,
    )
    if (alreadyThere > 0)
      console.log(`${alreadyThere} practices were there already and are as they were.`)
    console.log(`Everyone who can sign in has the password: ${demoPassword}`)
    return 0
  } catch (fault) {
    if (!(fault instanceof NotMadeUpError)) throw fault
    console.error(`${fault.message} Nothing was made.`)
    return 1
  }
}

async function main(): Promise<number> {
  const asked = parseAsked(process.argv.slice(2))
  if (!asked.ok) {
    for (const line of asked.refusal) console.error(line)
    return 2
  }
  const config = parseConfig(process.env)
  if (!config.ok) {
    for (const line of config.refusal) console.error(line)
    return 2
  }
  try {
    const connection = await connect(config.value, () => new Date(), { beside: true })
    try {
      const code = await run(connection.db, asked.value)
      await refreshStatistics(connection.settings)
      return code
    } finally {
      await connection.stop()
    }
  } catch (fault) {
    if (!(fault instanceof ConnectFailure)) throw fault
    console.error(fault.message)
    return 1
  }
}

process.exitCode = await main()
