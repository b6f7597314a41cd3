import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serverFlags } from '#platform/lifecycle'
import { freePort } from '../bench/server.ts'

/** A server process that is started again whenever it ends, as a supervisor would. */
export interface KeptServer {
  readonly port: number
  /** Of the process that runs now. */
  pid(): number
  /** How often it was started, how often it ended by itself, and what it said of that. */
  readonly starts: { count: number; failed: number; readonly said: string[] }
  /** Kills it outright. The next is started at once, without a hand. */
  kill(): void
  /** Resolves when it says that it is ready; gives the milliseconds that took. Throws after ten minutes. */
  untilReady(): Promise<number>
  stop(): Promise<void>
}

/** A start that takes longer, or never comes, needed a hand. Much of it is for a busy machine. */
const longestStartMs = 600_000

/** So that a machine under load spends its time on the service, not on reading it. */
const compiledOnce = { NODE_COMPILE_CACHE: join('.build', 'compiled') }

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts the bundled server with these settings and keeps it running. */
export async function keepServer(
  environment: Readonly<Record<string, string>>,
): Promise<KeptServer> {
  const port = await freePort()
  const starts = { count: 0, failed: 0, said: new Array<string>() }
  let stopping = false
  let child = start()

  function start(): ChildProcess {
    starts.count++
    const made = spawn(process.execPath, [...serverFlags(), join('.build', 'main.js')], {
      env: {
        ...process.env,
        ...compiledOnce,
        DEMO: 'off',
        LOG_LEVEL: 'fatal',
        ...environment,
        PORT: String(port),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.add(made)
    let last = ''
    made.stderr?.setEncoding('utf8').on('data', (said: string) => {
      last = said.trim().slice(-300)
    })
    made.once('exit', (_, signal) => {
      running.delete(made)
      if (stopping) return
      if (signal === null) {
        starts.failed++
        starts.said.push(last)
      }
      void delay(100).then(() => {
        if (!stopping) child = start()
      })
    })
    return made
  }
  return {
    port,
    starts,
    pid: () => child.pid ?? 0,
    kill: () => void child.kill('SIGKILL'),
    untilReady: () => untilReady(port, starts.said),
    stop: () => {
      stopping = true
      return ended(child)
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  child.kill('SIGTERM')
  // Whoever waits for the child waits for this; it must not keep the process once the child is gone.
  const tooLong = delay(40_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))
  await Promise.race([gone, tooLong])
}

async function untilReady(port: number, said: readonly string[]): Promise<number> {
  const began = performance.now()
  while (performance.now() - began < longestStartMs) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`, {
      signal: AbortSignal.timeout(5000),
    }).then(
      async (answer) => {
        await answer.body?.cancel()
        return answer.status === 200
      },
      () => false,
    )
    if (isReady) return performance.now() - began
    await delay(250)
  }
  throw new Error(`Not ready within ten minutes: it needed a hand. ${said.at(-1) ?? ''}`)
}
