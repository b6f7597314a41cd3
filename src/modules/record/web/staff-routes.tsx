import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { NotFound, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { formatName, patientById, type Patient, type PatientId } from '#modules/directory'
import { recordAccess, type RecordAccess } from '../queries/access-facts.ts'
import type { PatientReader } from '../queries/entries.ts'
import { staffEntries } from '../queries/staff-record.ts'
import { sendFile, sendInPlace } from './reading/send-file.ts'
import { queueKinds } from './queue-page.tsx'
import {
  condition,
  consultation,
  document,
  documentFile,
  overview,
  result,
  section,
  type Looking,
} from './reading/record-pages.tsx'
import { NobodySeesPage, StaffRecordPage } from './staff-record-page.tsx'

const pageSize = 50
const query = z.object({
  kind: z.string().catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})
const params = z.object({
  patientId: z.string(),
  section: z.string().default(''),
  entryId: z.string().default(''),
})
const base = '/practice/patients/:patientId/record'

/** The staff's view of a record, and the record as the patient sees it. */
export function registerStaffRecord(app: FastifyInstance): void {
  app.get(base, async (request, reply) => {
    const acting = await requireStaff(request, 'view-record')
    const { page, kind: asked } = query.parse(request.query)
    const kind = queueKinds.find((one) => one === asked)
    const model = await app.db.transaction(acting, async (tx) => {
      const patient = await patientById(tx, patientIdOf(request))
      if (!patient) throw new NotFound()
      const rows = await staffEntries(tx, patient.patientId, {
        page,
        size: pageSize,
        ...(kind && { kind }),
      })
      await recordEvent(tx, { type: 'record.record-viewed', about: patient.patientId })
      const mayDecide = mayDo(await rolesOf(tx, tx.acting), 'decide-disclosure')
      return { patient, rows: rows.slice(0, pageSize), hasMore: rows.length > pageSize, mayDecide }
    })
    return sendPage(reply, <StaffRecordPage {...model} kind={kind} page={page} />)
  })

  const view =
    (look: (looking: Looking, request: FastifyRequest) => Promise<VNode>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const seen = await seeAsPatient(app, request, (looking) => look(looking, request))
      return sendPage(
        reply,
        'nobodySees' in seen ? <NobodySeesPage patient={seen.nobodySees} /> : seen.value,
      )
    }
  const idOf = (request: FastifyRequest) => params.parse(request.params).entryId

  app.get(`${base}/as-patient`, view(overview))
  app.get(
    `${base}/as-patient/problems/:entryId`,
    view((looking, request) => condition(looking, idOf(request), request.query)),
  )
  app.get(
    `${base}/as-patient/results/:entryId`,
    view((looking, request) => result(looking, idOf(request))),
  )
  app.get(
    `${base}/as-patient/consultations/:entryId`,
    view((looking, request) => consultation(looking, idOf(request))),
  )
  app.get(
    `${base}/as-patient/documents/:entryId`,
    view((looking, request) => document(looking, idOf(request))),
  )
  app.get(
    `${base}/as-patient/:section`,
    view((looking, request) =>
      section(looking, params.parse(request.params).section, request.query),
    ),
  )
  app.get(`${base}/as-patient/documents/:entryId/file`, async (request, reply) => {
    const seen = await seeAsPatient(app, request, (looking) => documentFile(looking, idOf(request)))
    if ('nobodySees' in seen) throw new NotFound()
    return sendFile(reply, seen.value)
  })
  app.get(`${base}/as-patient/documents/:entryId/view`, async (request, reply) => {
    const seen = await seeAsPatient(app, request, (looking) => documentFile(looking, idOf(request)))
    if ('nobodySees' in seen) throw new NotFound()
    return sendInPlace(reply, seen.value)
  })
}

/**
 * Reads with the patient's own role, level and date: what they see and nothing else. Permission and
 * audit event come first, in a transaction of the member of staff.
 */
async function seeAsPatient<T>(
  app: FastifyInstance,
  request: FastifyRequest,
  look: (looking: Looking) => Promise<T>,
): Promise<{ readonly value: T } | { readonly nobodySees: Patient }> {
  const acting = await requireStaff(request, 'view-record')
  const { patient, access } = await app.db.transaction(acting, async (tx) => {
    const found = await patientById(tx, patientIdOf(request))
    if (!found) throw new NotFound()
    const entryId = parseId<'Entry'>(params.parse(request.params).entryId)
    await recordEvent(tx, {
      type: 'record.seen-as-patient',
      about: found.patientId,
      details: entryId ? { entryId } : {},
    })
    return { patient: found, access: await recordAccess(tx, found.patientId) }
  })
  const { current = 'none', historical = 'none' } = access?.grant ?? {}
  if (!access || (current === 'none' && historical === 'none')) return { nobodySees: patient }

  const record = `/practice/patients/${patient.patientId}/record`
  const seat = { base: `${record}/as-patient`, asSeenBy: formatName(patient), staffBack: record }
  const value = await app.db.transaction(readerFor(acting, patient.patientId, access), (tx) =>
    look({ reader: { tx, grants: [access.grant] }, access, seat }),
  )
  return { value }
}

/** The patient's role for a member of staff who has just been let through: it can read only what is released. */
function readerFor(
  { practice, actor }: StaffActing<'view-record'>,
  patientId: PatientId,
  { accountId }: RecordAccess,
): PatientReader {
  return { role: 'po_patient', practice, actor, patientId, ...(accountId && { accountId }) }
}

function patientIdOf(request: FastifyRequest): PatientId {
  const patientId = parseId<'Patient'>(params.parse(request.params).patientId)
  if (!patientId) throw new NotFound()
  return patientId
}
