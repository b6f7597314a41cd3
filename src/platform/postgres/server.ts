import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { superuserPassword } from './cluster.ts'
import { answers, type ConnectionSettings } from './connection.ts'
import type { Layout } from './layout.ts'
import { clearStale, livePostmaster, stopPostmaster, type Postmaster } from './postmaster.ts'
import { runProgram, startProgram } from './programs.ts'
import type { Runner } from './runner.ts'
import { StartFailure } from './start-failure.ts'

/** A server that answers. */
export interface RunningServer extends Postmaster {
  readonly connection: ConnectionSettings
}

/** What is needed to run the server of one data folder. */
export interface Plan {
  readonly binaries: Binaries
  readonly runner: Runner
  readonly layout: Layout
  /** Server settings on top of our own. */
  readonly settings: Readonly<Record<string, string>>
}

const largestLog = 10_000_000

/** Milliseconds. After a crash much may have to be replayed before the server answers. */
const longestRecovery = 300_000

/** What a server that has just been killed leaves to its children to give back, in a moment. */
const passing = /pre-existing shared memory block|lock file ".*" already exists/

/**
 * Gives the server of the data folder: one that still runs, whose owner died, or else a new one.
 * Resolves when it answers; throws StartFailure with the server's own reason when it does not.
 */
export async function runServer(plan: Plan): Promise<RunningServer> {
  const adopted = await adoptOrphan(plan)
  if (adopted) return adopted
  const end = performance.now() + 20_000
  for (;;) {
    const outcome = await startServer(plan)
    if (typeof outcome !== 'string') return outcome
    if (!passing.test(outcome) || performance.now() > end) throw new StartFailure(outcome)
    await delay(200)
  }
}

async function adoptOrphan(plan: Plan): Promise<RunningServer | undefined> {
  const orphan = livePostmaster(plan.layout)
  if (!orphan) return undefined
  const connection = connectionTo(plan.layout, orphan.port)
  const end = performance.now() + longestRecovery
  while (livePostmaster(plan.layout)?.pid === orphan.pid && performance.now() < end) {
    if (await answers(connection, plan.layout)) return { ...orphan, connection }
    if (!existsSync(`${plan.layout.socketDir}/.s.PGSQL.5432`)) break
    await delay(50)
  }
  await stopPostmaster(orphan.pid)
  return undefined
}

/** A running server, or why there is none. */
async function startServer(plan: Plan): Promise<RunningServer | string> {
  const { layout } = plan
  clearStale(layout)
  if (existsSync(layout.log) && statSync(layout.log).size > largestLog) {
    renameSync(layout.log, `${layout.log}.old`)
  }
  const logged = existsSync(layout.log) ? statSync(layout.log).size : 0
  const port = process.platform === 'win32' ? await freePort() : 5432
  const connection = connectionTo(layout, port)
  const state = await launch(plan, port)
  const end = performance.now() + longestRecovery
  while (performance.now() < end) {
    if (await answers(connection, layout)) {
      const started = livePostmaster(layout)
      if (started) return { ...started, connection }
    }
    if (state.ended !== undefined) return reasonIn(layout, logged, state.ended)
    await delay(10)
  }
  return `The embedded database did not answer within five minutes: see ${layout.log}`
}

interface Launched {
  /** How it ended, if it has. */
  ended?: string
}

async function launch(plan: Plan, port: number): Promise<Launched> {
  const { binaries, runner, layout } = plan
  const options = serverOptions(plan, port).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const state: Launched = {}
  if (process.platform === 'win32') {
    const quoted = options.map((option) => `"${option}"`).join(' ')
    const args = ['start', '-w', '-D', layout.cluster, '-l', layout.log, '-o', quoted]
    const { code, output } = await runProgram(runner, binaries.pgCtl, args)
    if (code !== 0) state.ended = `code ${code}: ${output.trim()}`
    return state
  }
  const log = openSync(layout.log, 'a', 0o600)
  const stdio = ['ignore', log, log] as const
  const args = ['-D', layout.cluster, ...options]
  const child = startProgram(runner, binaries.postgres, args, { stdio: [...stdio], detached: true })
  closeSync(log)
  child.unref()
  watch(child, state)
  return state
}

function watch(child: ChildProcess, state: Launched): void {
  child.on('error', (fault) => {
    state.ended = fault.message
  })
  child.on('exit', (code, signal) => {
    state.ended = signal ?? `code ${code}`
  })
}

/** What patients typed must not reach the log: neither statements nor the details of errors do. */
function serverOptions(plan: Plan, port: number): readonly (readonly [string, string])[] {
  const place: Readonly<Record<string, string>> =
    process.platform === 'win32'
      ? { listen_addresses: '127.0.0.1', port: String(port) }
      : {
          listen_addresses: '',
          unix_socket_directories: plan.layout.socketDir,
          unix_socket_permissions: '0700',
        }
  return Object.entries({
    ...place,
    max_connections: '60',
    shared_buffers: '128MB',
    fsync: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    ...plan.settings,
  })
}

/** How to reach the server of a data folder on a port. */
export function connectionTo(layout: Layout, port: number): ConnectionSettings {
  const password = superuserPassword(layout)
  return {
    host: process.platform === 'win32' ? '127.0.0.1' : layout.socketDir,
    port,
    user: 'postgres',
    database: 'postgres',
    ...(password !== undefined && { password }),
  }
}

function reasonIn(layout: Layout, from: number, ended: string): string {
  const text = existsSync(layout.log) ? readFileSync(layout.log).subarray(from).toString() : ''
  const fatal = text.split('\n').findLast((line) => /FATAL|PANIC|error while loading/.test(line))
  const reason = fatal?.replace(/^.*?(FATAL|PANIC): +/, '') ?? ended
  return `The embedded database did not start: ${reason} (see ${layout.log})`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
