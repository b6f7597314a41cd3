import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { practiceByCode } from '#modules/directory'
import {
  formatReport,
  importFiles,
  type ImportFile,
  type ImportSettings,
  isAllIn,
} from '#modules/imports'
import { parseNhsNumber } from '#kernel/nhs-number'
import { parseOdsCode } from '#kernel/ods-code'
import { accept, refuse, type Result } from '#kernel/result'
import { parseConfig } from '#platform/config'
import { connect, ConnectFailure } from '#platform/connect'
import { refreshStatistics, type Database } from '#platform/db'

const usage =
  'Use: npm run import -- --practice A81001 [--nhs-number N] [--whole] [--force] [--json] FILE…'

const MiB = 1024 * 1024
/** Larger files are refused: they are read whole, and all of one run together. */
const largestMiB = 256
const togetherMiB = 512

interface Asked {
  readonly settings: ImportSettings
  readonly asJson: boolean
  readonly paths: readonly string[]
}

function parseAsked(args: readonly string[]): Result<Asked, string> {
  try {
    return decideAsked(args)
  } catch (fault) {
    return refuse(fault instanceof Error ? fault.message : usage)
  }
}

function decideAsked(args: readonly string[]): Result<Asked, string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      practice: { type: 'string' },
      'nhs-number': { type: 'string' },
      whole: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.practice === undefined)
    return refuse('Say which practice, with --practice and its ODS code.')
  const practice = parseOdsCode(values.practice)
  if (!practice.ok) return refuse('--practice must be an ODS code, such as A81001.')
  const nhsNumber =
    values['nhs-number'] === undefined ? undefined : parseNhsNumber(values['nhs-number'])
  if (nhsNumber && !nhsNumber.ok) {
    return refuse('--nhs-number must be an NHS number of ten digits with the right check digit.')
  }
  if (positionals.length === 0) return refuse('Name the files to import.')
  return accept({
    settings: {
      practice: practice.value,
      ...(nhsNumber?.ok && { nhsNumber: nhsNumber.value }),
      ...(values.whole && { isWhole: true }),
      isForced: values.force,
    },
    asJson: values.json,
    paths: positionals,
  })
}

async function readImports(paths: readonly string[]): Promise<readonly ImportFile[]> {
  const files: ImportFile[] = []
  let roomLeft = togetherMiB * MiB
  for (const path of paths) {
    const file = await readImport(path, roomLeft)
    if (file.bytes instanceof Uint8Array) roomLeft -= file.bytes.length
    files.push(file)
  }
  return files
}

async function readImport(path: string, roomLeft: number): Promise<ImportFile> {
  const name = basename(path)
  try {
    const { size } = await stat(path)
    const tooLarge = whyTooLarge(size, roomLeft)
    if (tooLarge !== undefined) return { name, bytes: { unreadable: tooLarge } }
    return { name, bytes: await readFile(path) }
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown fault'
    const reason = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`
    return { name, bytes: { unreadable: reason } }
  }
}

function whyTooLarge(size: number, roomLeft: number): string | undefined {
  if (size > largestMiB * MiB) return `it is larger than ${largestMiB} MB`
  if (size > roomLeft)
    return `it and the files before it are larger than ${togetherMiB} MB: import it by itself`
  return undefined
}

async function run(db: Database, asked: Asked): Promise<number> {
  const { practice } = asked.settings
  const known = await practiceByCode(db.accounts, practice)
  if (!known) {
    console.error(`There is no practice ${practice} here. Add it first, or check the code.`)
    return 1
  }
  const files = await readImports(asked.paths)
  const reports = await importFiles(db, files, asked.settings)
  console.log(asked.asJson ? JSON.stringify(reports, undefined, 2) : formatReport(reports))
  return reports.every(isAllIn) ? 0 : 1
}

async function main(): Promise<number> {
  const asked = parseAsked(process.argv.slice(2))
  if (!asked.ok) {
    console.error(asked.refusal)
    console.error(usage)
    return 2
  }
  const config = parseConfig(process.env)
  if (!config.ok) {
    for (const line of config.refusal) console.error(line)
    return 2
  }
  const connection = await connect(config.value, () => new Date(), { beside: true })
  try {
    const code = await run(connection.db, asked.value)
    await refreshStatistics(connection.settings)
    return code
  } finally {
    await connection.stop()
  }
}

try {
  process.exitCode = await main()
} catch (fault) {
  if (!(fault instanceof ConnectFailure)) throw fault
  console.error(fault.message)
  process.exitCode = 1
}
