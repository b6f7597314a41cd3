import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Id } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { Refused, sendPage } from '#platform/http'
import { requireActing } from '#modules/access'
import { takeFirstLook } from '../../commands/take-first-look.ts'
import { ownRecordAccess } from '../../queries/access-facts.ts'
import type { Reader } from '../../queries/entries.ts'
import { hasLooked } from '../../queries/first-look.ts'
import { FirstLookPage } from './first-look-page.tsx'
import {
  condition,
  consultation,
  document,
  documentFile,
  overview,
  result,
  search,
  section,
  type Looking,
  type RecordView,
} from './record-pages.tsx'
import { sendFile, sendInPlace } from './send-file.ts'

const seat = { base: '/record' }
/** Only a page of the record, so that nobody can be sent elsewhere from here. */
const next = z.object({
  next: z
    .string()
    .regex(/^\/record(?:[/?][\w/?=&-]*)?$/)
    .catch('/record')
    .default('/record'),
})
const params = z.object({ section: z.string().default(''), entryId: z.string().default('') })

/** The patient's own record, or that of the person they act for. Every view is in the audit trail. */
export function registerPatientRecord(app: FastifyInstance): void {
  app.post('/record/first-look', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    await app.db.transaction(acting, takeFirstLook)
    return reply.redirect(next.parse(request.body ?? {}).next, 303)
  })

  const view =
    (look: (looking: Looking, request: FastifyRequest) => Promise<RecordView>) =>
    async (request: FastifyRequest, reply: FastifyReply) =>
      sendPage(
        reply,
        await lookAt(app, request, async (looking) => {
          const { page, viewed, entryId } = await look(looking, request)
          return { value: page, viewed: `${viewed}-viewed`, entryId }
        }),
      )

  app.get('/record', view(overview))
  app.get(
    '/record/search',
    view((looking) => search(looking, {})),
  )
  app.post(
    '/record/search',
    view((looking, request) => search(looking, request.body)),
  )
  app.get(
    '/record/problems/:entryId',
    view((looking, request) => condition(looking, idOf(request), request.query)),
  )
  app.get(
    '/record/results/:entryId',
    view((looking, request) => result(looking, idOf(request))),
  )
  app.get(
    '/record/consultations/:entryId',
    view((looking, request) => consultation(looking, idOf(request))),
  )
  app.get(
    '/record/documents/:entryId',
    view((looking, request) => document(looking, idOf(request))),
  )
  app.get(
    '/record/:section',
    view((looking, request) =>
      section(looking, params.parse(request.params).section, request.query),
    ),
  )
  app.get('/record/documents/:entryId/file', async (request, reply) =>
    sendFile(reply, await fileOf(app, request, 'document-downloaded')),
  )
  app.get('/record/documents/:entryId/view', async (request, reply) =>
    sendInPlace(reply, await fileOf(app, request, 'document-opened')),
  )
}

function fileOf(app: FastifyInstance, request: FastifyRequest, viewed: string) {
  return lookAt(app, request, async (looking) => {
    const value = await documentFile(looking, idOf(request))
    return { value, viewed, entryId: value.entry.entryId }
  })
}

const idOf = (request: FastifyRequest) => params.parse(request.params).entryId

/** What was looked at, and the entry it was, where it was one. */
interface Seen<T> {
  readonly value: T
  readonly viewed: string
  readonly entryId: Id<'Entry'> | undefined
}

/** Shows something of the record to whoever may see it, once they know what to know before the first look. */
export async function lookAt<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  look: (looking: Looking) => Promise<Seen<T>>,
): Promise<T> {
  const acting = await requireActing(request, 'record')
  return app.db.transaction(acting, async (tx) => {
    const access = await ownRecordAccess(tx)
    const reader: Reader = { tx, grants: [access.grant] }
    const [isWarned, seen] = await Promise.all([hasLooked(tx), look({ reader, access, seat })])
    if (!isWarned) throw new Refused(<FirstLookPage next={nextOf(request)} />, 200)
    const { value, viewed, entryId } = seen
    await recordEvent(tx, { type: `record.${viewed}`, details: entryId ? { entryId } : {} })
    return value
  })
}

/** What was asked for, where it can be asked for again by its address. */
function nextOf({ method, url }: FastifyRequest): string {
  return method === 'GET' ? url : '/record'
}
