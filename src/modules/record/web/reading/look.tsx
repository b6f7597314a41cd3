import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { Refused } from '#platform/http'
import type { Tx } from '#platform/db'
import { requireActing, type Acting } from '#modules/access'
import { ownRecordAccess, type RecordAccess } from '../../queries/access-facts.ts'
import { hasLooked } from '../../queries/first-look.ts'
import { FirstLookPage } from './first-look-page.tsx'
import type { Looking } from './record-pages.tsx'

/** The entry that an address names, as text; '' for none. */
export const entryParams = z.object({ entryId: z.string().default('') })

const seat = { base: '/record' }

type Look<T> = (looking: Looking, tx: Tx<Acting<'record'>>) => Promise<T>

/**
 * Shows something of the record to whoever may see it, once they know what to know before the first
 * look. What was viewed is in the audit trail with it, and with nothing where there was nothing to
 * see. What does not depend on one another is sent at once.
 */
export function lookAt<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  viewed: string,
  look: Look<T>,
): Promise<T> {
  return shown(app, request, viewed, async (tx) =>
    look(lookingBy(await ownRecordAccess(tx), tx), tx),
  )
}

/**
 * As `lookAt`, for what only reads: it is read together with the recheck, by the access that the
 * person had last time, and again where the recheck finds any other. What was read by access that
 * they do not have is given to nobody (I-5).
 */
export function readFrom<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  viewed: string,
  look: Look<T>,
): Promise<T> {
  return shown(app, request, viewed, async (tx) => {
    const { practice, accountId, patientId } = tx.acting
    const key = `${practice} ${accountId} ${patientId}`
    const expected = lastAccess.get(key)
    const early = expected && look(lookingBy(expected, tx), tx)
    early?.catch(() => undefined)
    const access = await ownRecordAccess(tx)
    if (early && isDeepStrictEqual(access, expected)) return early
    if (lastAccess.size >= mostRemembered) lastAccess.clear()
    lastAccess.set(key, access)
    return look(lookingBy(access, tx), tx)
  })
}

/** What each reader's access was when they last read. Never what it is: that is read each time. */
const lastAccess = new Map<string, RecordAccess>()
const mostRemembered = 5000

function lookingBy(access: RecordAccess, tx: Tx<Acting<'record'>>): Looking {
  return { reader: { tx, grants: [access.grant] }, access, seat }
}

async function shown<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  viewed: string,
  look: (tx: Tx<Acting<'record'>>) => Promise<T>,
): Promise<T> {
  const acting = await requireActing(request, 'record')
  const entryId = parseId<'Entry'>(entryParams.parse(request.params).entryId)
  return app.db.transaction(acting, async (tx) => {
    const [isWarned, seen] = await Promise.all([
      hasLooked(tx),
      look(tx),
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
