import { setTimeout as delay } from 'node:timers/promises'
import type { OdsCode } from '#kernel/ods-code'
import { sealEvents } from '#platform/audit'
import { systemProof, type Database } from '#platform/db'
import type { Log } from '#platform/log'
import { practiceCodes } from '#modules/directory'

const everyMs = 60_000

/**
 * Seals each practice's new audit events when the service starts and once a minute until stopped:
 * a service that is killed every half minute seals all the same.
 */
export function startSealing(db: Database, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const seal = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sealAll(db, log)
      await delay(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      )
    }
  }
  const done = seal()
  return {
    stop: () => {
      stopping.abort()
      return done
    },
  }
}

/** Seals what every practice has unsealed now. */
async function sealAll(db: Database, log: Log): Promise<void> {
  try {
    for (const practice of await practiceCodes(db)) await sealOne(db, practice, log)
  } catch (fault) {
    warn(log, fault)
  }
}

/** Another server may seal the same at the same moment: then this one's turn comes with the next. */
async function sealOne(db: Database, practice: OdsCode, log: Log): Promise<void> {
  try {
    let sealed: number
    do {
      sealed = await db.transaction(systemProof(practice), sealEvents)
    } while (sealed === 5000)
  } catch (fault) {
    warn(log, fault)
  }
}

function warn(log: Log, fault: unknown): void {
  log.warn(
    { fault: fault instanceof Error ? fault.name : 'unknown' },
    'sealing the audit trail failed',
  )
}
