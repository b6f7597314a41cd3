import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { Refused } from '#platform/http'
import type { Tx } from '#platform/db'
import { requireActing, type Acting } from '#modules/access'
import { ownRecordAccess } from '../../queries/access-facts.ts'
import { hasLooked } from '../../queries/first-look.ts'
import { FirstLookPage } from './first-look-page.tsx'
import type { Looking } from './record-pages.tsx'

/** The entry that an address names, as text; '' for none. */
export const entryParams = z.object({ entryId: z.string().default('') })

const seat = { base: '/record' }

/**
 * Shows something of the record to whoever may see it, once they know what to know before the first
 * look. What was viewed is in the audit trail with it, and with nothing where there was nothing to
 * see. What does not depend on one another is sent at once.
 */
export async function lookAt<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  viewed: string,
  look: (looking: Looking, tx: Tx<Acting<'record'>>) => Promise<T>,
): Promise<T> {
  const acting = await requireActing(request, 'record')
  const entryId = parseId<'Entry'>(entryParams.parse(request.params).entryId)
  return app.db.transaction(acting, async (tx) => {
    const access = await ownRecordAccess(tx)
    const [isWarned, seen] = await Promise.all([
      hasLooked(tx),
      look({ reader: { tx, grants: [access.grant] }, access, seat }, tx),
      recordEvent(tx, { type: `record.${viewed}`, details: entryId ? { entryId } : {} }),
    ])
    if (!isWarned) throw new Refused(<FirstLookPage next={nextOf(request)} />, 200)
    return seen
  })
}

/** What was asked for, where it can be asked for again by its address. */
function nextOf({ method, url }: FastifyRequest): string {
  return method === 'GET' ? url : '/record'
}
