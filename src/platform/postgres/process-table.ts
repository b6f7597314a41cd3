import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a process runs. One that ended and only waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return process.platform !== 'linux' || !['Z', 'X', undefined].includes(statOf(pid)?.[0])
}

/**
 * When a process began, in a form only to be compared: with the pid it names one process for ever,
 * where a pid alone is given out again. `undefined` where the system does not say.
 */
export function beginningOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  const ticks = statOf(pid)?.[19]
  return ticks && `${readText('/proc/sys/kernel/random/boot_id')?.trim()} ${ticks}`
}

/** The command a process was started with, or `undefined` where it is gone or may not be seen. */
export function commandOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ')
  const [file, ...args] =
    process.platform === 'win32'
      ? ['tasklist', '/FO', 'CSV', '/NH', '/FI', `PID eq ${pid}`]
      : ['ps', '-o', 'args=', '-p', String(pid)]
  const listed = spawnSync(file ?? '', args, { encoding: 'utf8' })
  return listed.status === 0 ? listed.stdout : undefined
}

/** The fields of /proc/<pid>/stat from the third, the state, on. */
function statOf(pid: number): readonly string[] | undefined {
  const text = readText(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
