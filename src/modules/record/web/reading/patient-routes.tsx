import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Id } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { NotFound, Refused, sendPage } from '#platform/http'
import { requireActing } from '#modules/access'
import { takeFirstLook } from '../../commands/take-first-look.ts'
import { writtenAt } from '../../domain/disclosure.ts'
import { recordAccess } from '../../queries/access-facts.ts'
import { hasLooked } from '../../queries/first-look.ts'
import { fileKind } from './document-page.tsx'
import { FirstLookPage } from './first-look-page.tsx'
import {
  consultation,
  document,
  documentFile,
  overview,
  result,
  section,
  type Looking,
  type RecordView,
} from './record-pages.tsx'

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

  app.get('/record/documents/:entryId/file', async (request, reply) => {
    const file = await lookAt(app, request, async (looking) => {
      const value = await documentFile(looking, idOf(request))
      return { value, viewed: 'document-downloaded', entryId: value.entry.entryId }
    })
    return sendFile(reply, file)
  })
}

const idOf = (request: FastifyRequest) => params.parse(request.params).entryId

/** What was looked at, and the entry it was, where it was one. */
interface Seen<T> {
  readonly value: T
  readonly viewed: string
  readonly entryId: Id<'Entry'> | undefined
}

async function lookAt<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  look: (looking: Looking) => Promise<Seen<T>>,
): Promise<T> {
  const acting = await requireActing(request, 'record')
  return app.db.transaction(acting, async (tx) => {
    const access = await recordAccess(tx, tx.acting.patientId, tx.acting.accountId)
    if (!access) throw new NotFound()
    if (!(await hasLooked(tx))) throw new Refused(<FirstLookPage next={request.url} />, 200)
    const { value, viewed, entryId } = await look({
      reader: { tx, grants: [access.grant] },
      access,
      seat,
    })
    await recordEvent(tx, { type: `record.${viewed}`, details: entryId ? { entryId } : {} })
    return value
  })
}

/** Sends a file so that no browser runs it, shows it in place, or keeps it; its name says only a date. */
export function sendFile(
  reply: FastifyReply,
  file: Awaited<ReturnType<typeof documentFile>>,
): FastifyReply {
  const { contentType, ending } = fileKind(file.contentType)
  const day = localDateOf(file.entry.clinicalAt ?? writtenAt(file.entry))
  return reply
    .header('content-disposition', `attachment; filename="document-${day}.${ending}"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .type(contentType)
    .send(file.bytes)
}
