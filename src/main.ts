import { setTimeout as delay } from 'node:timers/promises'
import { localDateOf } from '#kernel/time'
import { parseConfig, type Config } from '#platform/config'
import { refreshStatistics } from '#platform/db'
import { connect, ConnectFailure, type Connection } from '#platform/connect'
import { startWorker } from '#platform/jobs'
import { onParentGone } from '#platform/lifecycle'
import type { TurnLimits } from '#platform/http'
import { openLog } from '#platform/log'
import { openMetrics } from '#platform/metrics'
import { demoPassword, fillDemo, fillUptake, smallDemo } from '#modules/demo'
import { buildApp, jobHandlersWith } from './app.ts'
import { openNhsLogin } from './nhs-login.ts'
import { announce } from './announce.ts'
import { startCounting } from './count-uptake.ts'
import { rescreenWhereRulesChanged } from './rescreen.ts'
import { startSendingMail } from './send-mail.ts'
import { startSealingSecrets } from './seal-secrets.ts'
import { startSealing } from './seal-trail.ts'
import { startWatching, WatchFailure } from './watch.ts'

/** Milliseconds that a request waits for its turn before it is told to come back. */
const longestWaitMs = 10_000

/** Requests and jobs in hand when the service is told to stop have this long to end. */
const longestStopSeconds = 30

/** Ends the start with one clear line for each thing wrong. */
function fail(...lines: readonly string[]): never {
  for (const line of lines) console.error(line)
  process.exit(1)
}

function turnsOf({ requestsAtOnce, requestsWaiting }: Config): TurnLimits {
  return { atOnce: requestsAtOnce, waiting: requestsWaiting, waitMs: longestWaitMs }
}

async function serve(config: Config, connection: Connection): Promise<void> {
  const { db } = connection
  const log = openLog(config.logLevel)
  const opened = await openNhsLogin(config, db)
  if (!opened.ok) {
    await connection.stop()
    fail(opened.refusal)
  }
  const nhsLogin = opened.value
  const metrics = openMetrics({ process: true })
  const leaving = { now: false }
  const app = await buildApp({
    db,
    log,
    publicUrl: config.publicUrl,
    showNhsLogo: config.showNhsLogo,
    ...(config.demo && { demoPassword }),
    nhsLogin: nhsLogin?.settings,
    isEpsConnected: config.eps !== undefined,
    metrics,
    turns: turnsOf(config),
    isLeaving: () => leaving.now,
  })
  const watching = await startWatching(config, db, metrics).catch(async (fault: unknown) => {
    await connection.stop()
    throw fault
  })
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (fault) {
    await connection.stop()
    const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
    if (code === 'EADDRINUSE') {
      fail(
        `Port ${config.port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`,
      )
    }
    fail(`Port ${config.port} on ${config.host} cannot be opened (${String(code)}).`)
  }
  const worker = startWorker(db, jobHandlersWith(config.eps), log)
  const sealing = startSealing(db, log)
  const sealingSecrets = startSealingSecrets(db, log)
  const mailing = await startSendingMail(db, log, config)
  await rescreenWhereRulesChanged(db, log)
  const counting = startCounting(db, log)
  stopOnce(async () => {
    leaving.now = true
    await delay(config.drainSeconds * 1000)
    await app.close()
    await watching.stop()
    await nhsLogin?.stop()
    await worker.stop()
    await sealing.stop()
    await sealingSecrets.stop()
    await mailing.stop()
    await counting.stop()
    await connection.stop()
  })
  announce(config)
}

/** Stops cleanly on Ctrl-C, on a supervisor's word, or when the command that started us is gone. */
function stopOnce(stop: () => Promise<void>): void {
  let stopping = false
  const begin = () => {
    if (stopping) return
    stopping = true
    const late = () => fail('Stopping took too long: what was not yet answered was left.')
    setTimeout(late, (config.drainSeconds + longestStopSeconds) * 1000).unref()
    stop().then(
      () => process.exit(0),
      (fault: unknown) =>
        fail(`Stopping failed: ${fault instanceof Error ? fault.message : 'unknown'}`),
    )
  }
  process.on('SIGINT', begin)
  process.on('SIGTERM', begin)
  onParentGone(begin)
}

const parsed = parseConfig(process.env)
if (!parsed.ok) fail(...parsed.refusal)
const config = parsed.value
try {
  const connection = await connect(config, () => new Date())
  if (config.demo) {
    const { db } = connection
    const today = localDateOf(db.now())
    const made = await fillDemo(db, { ...smallDemo, today, onProgress: console.log })
    if (made.practices > 0) await refreshStatistics(connection.settings)
    await fillUptake(db, { ...smallDemo, today })
  }
  await serve(config, connection)
} catch (fault) {
  if (fault instanceof ConnectFailure || fault instanceof WatchFailure) fail(fault.message)
  throw fault
}
