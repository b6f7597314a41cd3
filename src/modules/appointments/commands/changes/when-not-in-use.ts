import type { Database, Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

const tries = 40
const pauseMs = 20

/**
 * Does a change to clinics in its own transaction. A change locks many slots at once and never waits
 * for one with others in hand, so that no patient who moves or accepts an offer is ever ended in its
 * favour: where one is in use, the change gives way and is done again from the start a moment later.
 */
export async function whenNotInUse<T>(
  db: Database,
  acting: StaffActing<'publish-slots'>,
  work: (tx: Tx<StaffActing<'publish-slots'>>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(acting, work)
    } catch (fault) {
      if (attempt === tries || !isInUse(fault)) throw fault
    }
    await pause(pauseMs)
  }
}

/** A lock that somebody else has, or two that wait for each other. */
function isInUse(fault: unknown): boolean {
  return (
    fault instanceof Error && 'code' in fault && (fault.code === '55P03' || fault.code === '40P01')
  )
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
