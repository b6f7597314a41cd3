import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
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
  /** Resolves when it says that it is ready; gives the milliseconds that took. Throws after a minute. */
  untilReady(): Promise<number>
  stop(): Promise<void>
}

/** A minute: a start that takes longer, or never comes, needed a hand. */
const longestStartMs = 60_000

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
    const made = spawn(process.execPath, [join('.build', 'main.js')], {
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
    untilReady: () => untilReady(port),
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
  await Promise.race([gone, delay(40_000).then(() => child.kill('SIGKILL'))])
}

async function untilReady(port: number): Promise<number> {
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
    await delay(150)
  }
  throw new Error('The service was not ready within a minute: it needed a hand')
}
