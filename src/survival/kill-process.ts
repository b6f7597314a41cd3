import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The postmaster of a data folder, as its own file says. */
export function postmaster(dataDir: string): number | undefined {
  try {
    const text = readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')
    return Number(text.split('\n')[0])
  } catch {
    return undefined
  }
}

/** Kills with -9; whoever is gone already stays gone. */
export function killProcess(pid: number | undefined): void {
  if (pid === undefined || !(pid > 1)) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH')) throw fault
  }
}
