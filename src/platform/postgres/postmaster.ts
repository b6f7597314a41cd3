import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { commandOf, isRunning } from './process-table.ts'
import { StartFailure } from './start-failure.ts'
import type { Layout } from './layout.ts'

/** A running server as its own file in the cluster describes it. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The live server of this data folder. A file naming the dead, or a stranger's process, is none. */
export function livePostmaster(layout: Layout): Postmaster | undefined {
  const lines = linesOf(join(layout.cluster, 'postmaster.pid'))
  const pid = Number(lines[0])
  if (!(pid > 0) || !isRunning(pid) || !isServerOf(pid, layout)) return undefined
  return { pid, port: Number(lines[3]) || 5432 }
}

/** Removes what a dead server left, which would keep a new one from starting. */
export function clearStale(layout: Layout): void {
  const socket = join(layout.socketDir, '.s.PGSQL.5432')
  for (const file of [join(layout.cluster, 'postmaster.pid'), `${socket}.lock`, socket]) {
    rmSync(file, { force: true })
  }
}

/** Resolves when the process is gone; false where it still runs after `seconds`. */
async function hasEnded(pid: number, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  while (isRunning(pid)) {
    if (performance.now() > end) return false
    await delay(10)
  }
  return true
}

/** Fast shutdown: open transactions are rolled back, what was committed is on disk. */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  if (await hasEnded(pid, 30)) return
  signal(pid, 'SIGQUIT')
  if (await hasEnded(pid, 10)) return
  throw new StartFailure(`The embedded database (process ${pid}) does not stop.`)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}

function isServerOf(pid: number, layout: Layout): boolean {
  const command = commandOf(pid) ?? ''
  if (process.platform === 'win32') return /postgres/i.test(command)
  return command.includes('postgres') && command.includes(layout.cluster)
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
