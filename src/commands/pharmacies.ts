import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { OdsCode } from '#kernel/ods-code'
import { accept, refuse, type Result } from '#kernel/result'
import { parseConfig } from '#platform/config'
import { connect, ConnectFailure } from '#platform/connect'
import { systemProof, type Database } from '#platform/db'
import {
  parseOdsFile,
  pharmacyKinds,
  savePharmacies,
  type PharmacyKind,
} from '#modules/prescriptions'

const usage = `Use: npm run pharmacies -- [--kind ${pharmacyKinds.join('|')}] FILE…`
const atOnce = 2000
const shownRefusals = 20

interface Asked {
  readonly kind: PharmacyKind
  readonly paths: readonly string[]
}

function parseAsked(args: readonly string[]): Result<Asked, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { kind: { type: 'string', default: 'community' } },
    })
    const kind = pharmacyKinds.find((one) => one === values.kind)
    if (kind === undefined || positionals.length === 0) return refuse(usage)
    return accept({ kind, paths: positionals })
  } catch {
    return refuse(usage)
  }
}

/** Reads each file and saves what it holds; 0 where every line went in. */
async function run(db: Database, { kind, paths }: Asked): Promise<number> {
  let refusals = 0
  for (const path of paths) {
    const { pharmacies, refused } = parseOdsFile(await readFile(path, 'utf8'), kind)
    // Reference data belongs to no practice; the transaction names one that is none.
    for (let place = 0; place < pharmacies.length; place += atOnce) {
      await db.transaction(systemProof('NONE' as OdsCode), (tx) =>
        savePharmacies(tx, pharmacies.slice(place, place + atOnce)),
      )
    }
    console.log(`${path}: ${pharmacies.length} saved, ${refused.length} refused`)
    for (const { line, why } of refused.slice(0, shownRefusals))
      console.log(`  line ${line}: ${why}`)
    refusals += refused.length
  }
  return refusals === 0 ? 0 : 1
}

function fail(...lines: readonly string[]): never {
  for (const line of lines) console.error(line)
  process.exit(1)
}

const asked = parseAsked(process.argv.slice(2))
if (!asked.ok) fail(asked.refusal)
const config = parseConfig(process.env)
if (!config.ok) fail(...config.refusal)
try {
  const connection = await connect(config.value, () => new Date(), { beside: true })
  try {
    process.exitCode = await run(connection.db, asked.value)
  } finally {
    await connection.stop()
  }
} catch (fault) {
  if (fault instanceof ConnectFailure) fail(fault.message)
  if (fault instanceof Error && 'code' in fault) fail(`A file cannot be read: ${fault.message}`)
  throw fault
}
