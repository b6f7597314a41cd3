import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { z } from 'zod'
import { sendPage } from '#platform/http'
import { requireActing } from '#modules/access'
import { takeFirstLook } from '../../commands/take-first-look.ts'
import { sections } from '../../domain/sections.ts'
import { registerChoices } from './choices/choices-routes.tsx'
import { registerOlder } from './older/older-routes.tsx'
import { registerDownloads } from './download/download-routes.tsx'
import { entryParams, readFrom } from './look.tsx'
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
} from './record-pages.tsx'
import { sendFile, sendInPlace } from './send-file.ts'

/** Only a page of the record, so that nobody can be sent elsewhere from here. */
const next = z.object({
  next: z
    .string()
    .regex(/^\/record(?:[/?][\w/?=&-]*)?$/)
    .catch('/record')
    .default('/record'),
})

/** The patient's own record, or that of the person they act for. Every view is in the audit trail. */
export function registerPatientRecord(app: FastifyInstance): void {
  registerDownloads(app)
  registerChoices(app)
  registerOlder(app)
  app.post('/record/first-look', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    await app.db.transaction(acting, takeFirstLook)
    return reply.redirect(next.parse(request.body ?? {}).next, 303)
  })

  const view =
    (viewed: string, look: (looking: Looking, request: FastifyRequest) => Promise<VNode>) =>
    async (request: FastifyRequest, reply: FastifyReply) =>
      sendPage(reply, await readFrom(app, request, viewed, (looking) => look(looking, request)))

  app.get('/record', view('overview-viewed', overview))
  app.get(
    '/record/search',
    view('search-viewed', (looking) => search(looking, {})),
  )
  app.post(
    '/record/search',
    view('record-searched', (looking, request) => search(looking, request.body)),
  )
  app.get(
    '/record/problems/:entryId',
    view('problem-viewed', (looking, request) => condition(looking, idOf(request), request.query)),
  )
  app.get(
    '/record/results/:entryId',
    view('result-viewed', (looking, request) => result(looking, idOf(request))),
  )
  app.get(
    '/record/consultations/:entryId',
    view('consultation-viewed', (looking, request) => consultation(looking, idOf(request))),
  )
  app.get(
    '/record/documents/:entryId',
    view('document-viewed', (looking, request) => document(looking, idOf(request))),
  )
  for (const { section: name } of sections) {
    app.get(
      `/record/${name}`,
      view(`${name}-viewed`, (looking, request) => section(looking, name, request.query)),
    )
  }
  app.get('/record/documents/:entryId/file', async (request, reply) =>
    sendFile(reply, await fileOf(app, request, 'document-downloaded')),
  )
  app.get('/record/documents/:entryId/view', async (request, reply) =>
    sendInPlace(reply, await fileOf(app, request, 'document-opened')),
  )
}

function fileOf(app: FastifyInstance, request: FastifyRequest, viewed: string) {
  return readFrom(app, request, viewed, (looking) => documentFile(looking, idOf(request)))
}

const idOf = (request: FastifyRequest) => entryParams.parse(request.params).entryId
