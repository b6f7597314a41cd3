import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { isLowRisk, lanes, lanesOf, type Lane } from '../domain/deciding/categories.ts'
import { documentForStaff, heldCount, heldQueue, type QueueFilter } from '../queries/review.ts'
import { rulesAlike } from '../queries/review/bulk.ts'
import { workCounts } from '../queries/review/work.ts'
import { registerAlike } from './deciding/alike-routes.tsx'
import { registerDecisions } from './deciding/decision-routes.tsx'
import { registerFigures } from './deciding/figures-routes.tsx'
import { registerLists } from './deciding/list-routes.tsx'
import { entryIdOf, parseFilter, reviewOf } from './deciding/model.ts'
import { registerPart } from './deciding/part-routes.tsx'
import { registerReadings } from './deciding/reading-routes.tsx'
import { registerRecalls } from './deciding/recall-routes.tsx'
import { registerSeenBy } from './deciding/seen-by-routes.tsx'
import { registerTrial } from './deciding/trial-routes.tsx'
import { registerTransfer } from './deciding/transfer-routes.tsx'
import { fileKind } from './reading/document-page.tsx'
import { QueuePage } from './queue-page.tsx'
import { ReviewPage } from './review-page.tsx'

const pageSize = 50
const most = 1000
const pageOf = z.object({ page: z.coerce.number().int().min(1).max(1000).catch(1).default(1) })

/** The queues of what waits for a person, deciding about one entry, and what came of it. */
export function registerDisclosure(app: FastifyInstance): void {
  app.get('/practice/disclosure', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { page } = pageOf.parse(request.query)
    const asked = parseFilter(request.query)
    const model = await app.db.transaction(acting, (tx) => queueOf(tx, asked, page))
    return sendPage(reply, <QueuePage {...model} page={page} most={most} />)
  })

  app.get('/practice/disclosure/:entryId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const found = await reviewOf(tx, entryIdOf(request), parseFilter(request.query))
      await recordEvent(tx, {
        type: 'record.entry-reviewed',
        about: found.patient.patientId,
        details: { entryId: found.found.subject.entryId },
      })
      return found
    })
    return sendPage(reply, <ReviewPage {...model} />)
  })

  app.get('/practice/disclosure/:entryId/file', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const file = await app.db.transaction(acting, async (tx) => {
      const stored = await documentForStaff(tx, entryId)
      if (!stored) throw new NotFound()
      await recordEvent(tx, {
        type: 'record.document-reviewed',
        about: stored.patientId,
        details: { entryId },
      })
      return stored
    })
    const { contentType, ending } = fileKind(file.contentType)
    return reply
      .header('content-disposition', `attachment; filename="document.${ending}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(contentType)
      .send(file.bytes)
  })

  registerDecisions(app)
  registerPart(app)
  registerAlike(app)
  registerLists(app)
  registerRecalls(app)
  registerReadings(app)
  registerFigures(app)
  registerTrial(app)
  registerSeenBy(app)
  registerTransfer(app)
}

async function queueOf(tx: Tx<StaffActing<'decide-disclosure'>>, asked: QueueFilter, page: number) {
  const own = lanesOf(await rolesOf(tx, tx.acting))
  const lane = asked.lane ?? own[0] ?? 'clinician'
  const filter = { ...asked, lane }
  const [rows, count, alike, counts, ...perLane] = await Promise.all([
    heldQueue(tx, filter, { limit: pageSize + 1, offset: (page - 1) * pageSize }),
    heldCount(tx, filter, most),
    lane === 'clerk' ? rulesAlike(tx) : [],
    workCounts(tx, localDateOf(tx.now)),
    ...lanes.map((one) => heldCount(tx, { lane: one }, most)),
  ])
  const shown = rows.slice(0, pageSize)
  const patientIds = [...new Set(shown.map((row) => row.patientId))]
  await recordEvent(tx, { type: 'record.queue-viewed', details: { patientIds } })
  return {
    own,
    filter,
    count,
    counts,
    rows: shown,
    hasMore: rows.length > pageSize,
    now: tx.now,
    alike: alike.filter(({ rule }) => isLowRisk(rule)),
    perLane: Object.fromEntries(lanes.map((one, place) => [one, perLane[place] ?? 0])) as Readonly<
      Record<Lane, number>
    >,
  }
}
