import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import pg from 'pg'
import { rounded } from './figures.ts'

/** Seconds of processor since the watch began, and the server's resident memory at its highest. */
export interface ProcessorUse {
  readonly serverCpuSeconds: number
  readonly databaseCpuSeconds: number
  readonly clientCpuSeconds: number
  readonly serverPeakMib: number
}

/**
 * Watches what server, database and this process use from now on; the answer is to be asked for
 * while the server still runs. Where the system has no /proc, as on macOS and Windows, the figures
 * of server and database are 0.
 */
export async function watchProcessor(
  databaseUrl: string,
  serverPid: number,
): Promise<() => Promise<ProcessorUse>> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  admin.on('error', () => undefined)
  const before = new Map(
    [serverPid, ...(await databasePids(admin))].map((pid) => [pid, secondsOf(pid)]),
  )
  const used = (pid: number) => secondsOf(pid) - (before.get(pid) ?? 0)
  const ownBefore = ownSeconds()
  return async () => {
    const pids = await databasePids(admin)
    await admin.end()
    return {
      serverCpuSeconds: rounded(used(serverPid)),
      databaseCpuSeconds: rounded(pids.reduce((sum, pid) => sum + used(pid), 0)),
      clientCpuSeconds: rounded(ownSeconds() - ownBefore),
      serverPeakMib: peakMib(serverPid),
    }
  }
}

async function databasePids(admin: pg.Client): Promise<readonly number[]> {
  const { rows } = await admin.query<{ pid: number }>('select pid from pg_stat_activity')
  return rows.map(({ pid }) => pid)
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

let ticks: number | undefined

/** User and system time of a live process; 0 where it cannot be read. */
function secondsOf(pid: number): number {
  const stat = readOf(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields.length < 13) return 0
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

function peakMib(pid: number): number {
  const kib = /VmHWM:\s+(\d+) kB/.exec(readOf(`/proc/${pid}/status`))?.[1]
  return Math.round(Number(kib ?? 0) / 1024)
}

function readOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
