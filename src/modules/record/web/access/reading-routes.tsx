import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import {
  mayDo,
  patientAreas,
  practiceAreas,
  readersCount,
  recordAreas,
  requireStaff,
  rolesOf,
  setPatientAreas,
  setPracticeAreas,
  type AreaSetting,
  type RecordArea,
  type StaffActing,
} from '#modules/access'
import { formatName, patientById, type Patient } from '#modules/directory'
import { noteTold } from '../../commands/reading/note-told.ts'
import { waitingRequests } from '../../queries/reading/older-requests.ts'
import { toTell, toTellCount } from '../../queries/reading/to-tell.ts'
import { registerOlderWork } from './older-routes.tsx'
import { PatientPartsPage, PracticePartsPage } from './parts-page.tsx'
import { ReadingPage } from './reading-page.tsx'
import { ToTellPage } from './to-tell-page.tsx'

const query = z.object({ saved: z.literal('yes').optional().catch(undefined) })
const told = z.object({ contentHash: z.string().max(200).catch('') })
const params = z.object({ entryId: z.string().default(''), patientId: z.string().default('') })
const shownForm = z.object({
  shown: z
    .union([z.string(), z.array(z.string())])
    .catch([])
    .default([]),
})
const listed = 100

/** What staff set and do about what patients see, beside decisions about entries. */
export function registerReadingWork(app: FastifyInstance): void {
  registerOlderWork(app)

  app.get('/practice/reading', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const model = await app.db.transaction(acting, async (tx) => {
      const roles = await rolesOf(tx, tx.acting)
      const waiting = await waitingRequests(tx)
      return {
        olderWaiting: waiting.length,
        toTell: mayDo(roles, 'decide-disclosure') ? await toTellCount(tx) : undefined,
      }
    })
    return sendPage(reply, <ReadingPage {...model} />)
  })

  registerTelling(app)
  registerParts(app)
}

function registerTelling(app: FastifyInstance): void {
  app.get('/practice/to-tell', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const page = await app.db.transaction(acting, (tx) => toTellPage(tx, false))
    return sendPage(reply, page)
  })

  app.post('/practice/to-tell/:entryId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = parseId<'Entry'>(params.parse(request.params).entryId)
    if (!entryId) throw new NotFound()
    const { contentHash } = told.parse(request.body ?? {})
    const stale = await app.db.transaction(acting, async (tx) => {
      const noted = await noteTold(tx, { entryId, contentHash })
      return noted.ok ? undefined : toTellPage(tx, true)
    })
    return stale ? sendPage(reply, stale, 409) : reply.redirect('/practice/to-tell', 303)
  })
}

async function toTellPage(tx: Tx<StaffActing<'decide-disclosure'>>, isStale: boolean) {
  const waiting = await toTell(tx, { limit: listed })
  const patientIds = [...new Set(waiting.map((one) => one.patientId))]
  await recordEvent(tx, { type: 'record.to-tell-viewed', details: { patientIds } })
  return <ToTellPage waiting={waiting} now={tx.now} isStale={isStale} />
}

function registerParts(app: FastifyInstance): void {
  app.get('/practice/record-parts', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const isSaved = query.parse(request.query).saved === 'yes'
    const model = await app.db.transaction(acting, async (tx) => ({
      withheld: await practiceAreas(tx),
      readers: await readersCount(tx),
    }))
    return sendPage(reply, <PracticePartsPage {...model} isSaved={isSaved} />)
  })

  app.post('/practice/record-parts', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const shown = [shownForm.parse(request.body ?? {}).shown].flat()
    const withheld = recordAreas.filter((area) => !shown.includes(area))
    await app.db.transaction(acting, (tx) => setPracticeAreas(tx, withheld))
    return reply.redirect('/practice/record-parts?saved=yes', 303)
  })

  app.get('/practice/patients/:patientId/record-parts', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const isSaved = query.parse(request.query).saved === 'yes'
    const model = await app.db.transaction(acting, async (tx) => {
      const patient = await requirePatient(tx, request)
      await recordEvent(tx, { type: 'record.parts-viewed', about: patient.patientId })
      return {
        path: `/practice/patients/${patient.patientId}`,
        name: formatName(patient),
        practice: await practiceAreas(tx),
        own: await patientAreas(tx, patient.patientId),
      }
    })
    return sendPage(reply, <PatientPartsPage {...model} isSaved={isSaved} />)
  })

  app.post('/practice/patients/:patientId/record-parts', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const settings = parseSettings(request.body)
    const path = await app.db.transaction(acting, async (tx) => {
      const { patientId } = await requirePatient(tx, request)
      await setPatientAreas(tx, patientId, settings)
      return `/practice/patients/${patientId}/record-parts?saved=yes`
    })
    return reply.redirect(path, 303)
  })
}

async function requirePatient(
  tx: Tx<StaffActing<'authorise-access'>>,
  request: FastifyRequest,
): Promise<Patient> {
  const patientId = parseId<'Patient'>(params.parse(request.params).patientId)
  const patient = patientId && (await patientById(tx, patientId))
  if (!patient) throw new NotFound()
  return patient
}

const settings: readonly AreaSetting[] = ['as-practice', 'shown', 'withheld']

function parseSettings(body: unknown): Readonly<Partial<Record<RecordArea, AreaSetting>>> {
  const given = typeof body === 'object' && body !== null ? body : {}
  return Object.fromEntries(
    recordAreas.flatMap((area) => {
      const setting = settings.find((one) => one === Reflect.get(given, area))
      return setting ? [[area, setting]] : []
    }),
  )
}
