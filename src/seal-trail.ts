import type { OdsCode } from '#kernel/ods-code'
import { sealEvents } from '#platform/audit'
import { systemProof, type Database } from '#platform/db'
import type { Log } from '#platform/log'
import { practiceCodes } from '#modules/directory'

const everyMs = 60_000

/** Seals each practice's new audit events once a minute until stopped. */
export function startSealing(db: Database, log: Log): { stop(): Promise<void> } {
  let current: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    current = sealAll(db, log)
  }, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return current
    },
  }
}

/** Seals what every practice has unsealed now. */
async function sealAll(db: Database, log: Log): Promise<void> {
  try {
    for (const practice of await practiceCodes(db)) await sealOne(db, practice)
  } catch (fault) {
    log.warn(
      { fault: fault instanceof Error ? fault.name : 'unknown' },
      'sealing the audit trail failed',
    )
  }
}

async function sealOne(db: Database, practice: OdsCode): Promise<void> {
  let sealed: number
  do {
    sealed = await db.transaction(systemProof(practice), sealEvents)
  } while (sealed === 5000)
}
