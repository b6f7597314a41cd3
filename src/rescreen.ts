import { systemProof, type Database } from '#platform/db'
import type { Log } from '#platform/log'
import { practiceCodes } from '#modules/directory'
import { beginReadingLetters, beginRescreening } from '#modules/record'

/**
 * Has every practice's record read again by jobs, where the rules are not those it was last read by,
 * and letters read whose words are not known. Done once, when the service starts: rules change with it.
 */
export async function rescreenWhereRulesChanged(db: Database, log: Log): Promise<void> {
  try {
    for (const practice of await practiceCodes(db))
      await db.transaction(systemProof(practice), async (tx) => {
        await beginRescreening(tx)
        await beginReadingLetters(tx)
      })
  } catch (fault) {
    log.warn(
      { fault: fault instanceof Error ? fault.name : 'unknown' },
      'reading records again by new rules could not be begun',
    )
  }
}
