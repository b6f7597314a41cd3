import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { serverFlags } from '#platform/lifecycle'

/** A real server process over a database that the benchmark has filled. */
export interface ServerUnderTest {
  readonly port: number
  readonly pid: number
  /** Kills it outright, as a power cut would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Seconds that a first start may take to read again and count what it found in the database. */
const longestSettling = 900

/**
 * Starts the bundled server and waits, at most 60 s, until it answers, and then until it has done what
 * a first start makes it do, such as reading every record again: that is not what is measured.
 * BENCH_PROFILES names a folder for a CPU profile of each server.
 */
export async function startServer(databaseUrl: string): Promise<ServerUnderTest> {
  const port = await freePort()
  const profiles = process.env['BENCH_PROFILES']
  const profiling = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
  const child = spawn(
    process.execPath,
    [...serverFlags(), ...profiling, join('.build', 'main.js')],
    {
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        DEMO: 'off',
        LOG_LEVEL: 'error',
      },
      // By the channel it learns that this process is gone, and stops.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  await untilAnswering(port, child)
  await untilSettled(databaseUrl)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return { port, pid: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

/** Lets a server do what its first start makes it do. */
export async function startAndStop(databaseUrl: string): Promise<void> {
  const server = await startServer(databaseUrl)
  await server.stop()
}

async function untilAnswering(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error('The server under test ended while starting')
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
  throw new Error('The server under test did not answer within 60 seconds')
}

async function untilSettled(databaseUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  try {
    for (let attempt = 0; attempt < longestSettling * 2; attempt++) {
      const { rows } = await admin.query<{ readonly due: boolean }>(
        'select exists (select from jobs.job where done_at is null and run_at <= now()) as due',
      )
      if (rows[0]?.due !== true) return
      await new Promise((resolve) => {
        setTimeout(resolve, 500)
      })
    }
    throw new Error(`The server under test still had jobs to do after ${longestSettling} s`)
  } finally {
    await admin.end()
  }
}

/** A port of this machine that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
