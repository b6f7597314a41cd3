import type { Database } from '#platform/db'
import type { Log } from '#platform/log'
import { enqueueCounting, rollUpStale } from '#modules/uptake'

const everyMs = 300_000

/** Sees every five minutes that counting is queued and what was counted is summed up, until stopped. */
export function startCounting(db: Database, log: Log): { stop(): Promise<void> } {
  let current = countAll(db, log)
  const timer = setInterval(() => {
    current = current.then(() => countAll(db, log))
  }, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return current
    },
  }
}

async function countAll(db: Database, log: Log): Promise<void> {
  try {
    await enqueueCounting(db)
    await rollUpStale(db)
  } catch (fault) {
    log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'counting uptake failed')
  }
}
