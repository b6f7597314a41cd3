import { spawn } from 'node:child_process'
import { embeddedBinaries } from './binaries.ts'
import { makeCluster } from './cluster.ts'
import { addressOf, type ConnectionSettings } from './connection.ts'
import { prepareLayout } from './layout.ts'
import { takeOwnership } from './ownership.ts'
import { stopPostmaster } from './postmaster.ts'
import { isRunning } from './process-table.ts'
import { chooseRunner } from './runner.ts'
import { runServer, type Plan, type RunningServer } from './server.ts'

/** What is asked of an embedded database. */
export interface EmbeddedOptions {
  /** The folder that holds everything of it; made where it is missing. */
  readonly dataDir: string
  /** Postgres settings on top of our own, for this run. */
  readonly settings?: Readonly<Record<string, string>>
  /**
   * Stop the server when this process dies without stopping it. By default it lives on, and the
   * next start adopts it. Has no effect on Windows.
   */
  readonly stopsWithOwner?: boolean
}

/** A running embedded database, owned by this process. */
export interface EmbeddedDatabase {
  /** Settings for `pg`, as the superuser. */
  readonly connection: ConnectionSettings
  /** The same as an address. */
  readonly url: string
  /** Stops the server and waits until it is gone. Calling it again gives the same promise. */
  stop(): Promise<void>
}

/**
 * Starts the database server that comes with the packages on a folder, or adopts the one an owner
 * that died left running there. A server that is killed is started again, on the same address.
 * Throws StartFailure, also where another live process uses the folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const binaries = embeddedBinaries()
  const layout = prepareLayout(options.dataDir)
  const disown = takeOwnership(layout.ownerFile, layout.dataDir)
  try {
    const runner = chooseRunner(binaries.postgres, layout.dataDir)
    await makeCluster(binaries, runner, layout)
    const plan = { binaries, runner, layout, settings: options.settings ?? {} }
    return keep(await runServer(plan), plan, options.stopsWithOwner ?? false, disown)
  } catch (fault) {
    disown()
    throw fault
  }
}

function keep(
  first: RunningServer,
  plan: Plan,
  stopsWithOwner: boolean,
  disown: () => void,
): EmbeddedDatabase {
  let server = first
  let endWatch = stopsWithOwner ? stopAfterUs(server.pid) : undefined
  let revival: Promise<void> | undefined
  let stopping: Promise<void> | undefined

  const revive = async (): Promise<void> => {
    try {
      server = await runServer(plan)
      endWatch?.()
      if (stopsWithOwner) endWatch = stopAfterUs(server.pid)
    } catch (fault) {
      console.error(`The embedded database died. ${fault instanceof Error ? fault.message : ''}`)
    }
  }
  const timer = setInterval(() => {
    if (revival || isRunning(server.pid)) return
    revival = revive().finally(() => {
      revival = undefined
    })
  }, 200).unref()

  const stop = async (): Promise<void> => {
    clearInterval(timer)
    await revival
    endWatch?.()
    await stopPostmaster(server.pid)
    disown()
  }
  return {
    connection: first.connection,
    url: addressOf(first.connection),
    stop: () => (stopping ??= stop()),
  }
}

/** A shell that waits for the end of a pipe only we hold, then stops the server. */
function stopAfterUs(pid: number): (() => void) | undefined {
  if (process.platform === 'win32') return undefined
  const watcher = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  watcher.unref()
  if (watcher.stdin && 'unref' in watcher.stdin) (watcher.stdin as { unref(): void }).unref()
  return () => {
    watcher.kill('SIGKILL')
  }
}
