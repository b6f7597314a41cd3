import type { Database, Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

const tries = 5

/**
 * Does a change to clinics in its own transaction. A change locks many slots, patients who move or
 * accept an offer lock two, and now and then each waits for the other: the database then ends one
 * of them, and what it ends here is done again from the start.
 */
export async function untilNotDeadlocked<T>(
  db: Database,
  acting: StaffActing<'publish-slots'>,
  work: (tx: Tx<StaffActing<'publish-slots'>>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(acting, work)
    } catch (fault) {
      if (attempt === tries || !isDeadlock(fault)) throw fault
    }
  }
}

function isDeadlock(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === '40P01'
}
