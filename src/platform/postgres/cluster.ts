import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'
import { runProgram } from './programs.ts'
import type { Runner } from './runner.ts'
import { StartFailure } from './start-failure.ts'

const unfinished = 'cluster.new-'

/** The program that made the files may outlive its killed owner by seconds, and write on. */
const untilGone = { recursive: true, force: true, maxRetries: 15, retryDelay: 100 }

/**
 * Makes the database files where there are none. They are made beside their place and renamed into
 * it when whole and on disk, so that a first start killed half way leaves nothing that counts.
 */
export async function makeCluster(
  binaries: Binaries,
  runner: Runner,
  layout: Layout,
): Promise<void> {
  for (const name of readdirSync(layout.dataDir)) {
    if (name.startsWith(unfinished)) await rm(join(layout.dataDir, name), untilGone)
  }
  if (existsSync(join(layout.cluster, 'PG_VERSION'))) return

  const fresh = join(layout.dataDir, `${unfinished}${randomBytes(4).toString('hex')}`)
  const made = await runProgram(runner, binaries.initdb, [...settings(layout), '-D', fresh])
  if (made.code !== 0) {
    throw new StartFailure(`The database could not be made: ${lastLine(made.output)}`)
  }
  renameSync(fresh, layout.cluster)
  writeToDisk(layout.dataDir)
}

/** The superuser's password, made on first use, or `undefined` where sockets need none. */
export function superuserPassword(layout: Layout): string | undefined {
  if (process.platform !== 'win32') return undefined
  if (!existsSync(layout.passwordFile)) {
    writeFileSync(layout.passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  }
  return readFileSync(layout.passwordFile, 'utf8')
}

/** A rename is on disk only when its folder is. Windows has no such call, and needs none. */
function writeToDisk(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function settings(layout: Layout): readonly string[] {
  const access =
    superuserPassword(layout) === undefined
      ? ['--auth-local=trust', '--auth-host=reject']
      : ['--auth=scram-sha-256', `--pwfile=${layout.passwordFile}`]
  return [
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--set=timezone=UTC',
    ...access,
  ]
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return (
    lines.findLast((line) => /error|fatal|could not/i.test(line)) ?? lines.at(-1) ?? 'no reason'
  )
}
