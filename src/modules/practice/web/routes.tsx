import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { parseNhsNumber } from '#kernel/nhs-number'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import {
  associationsOfPatient,
  mayDo,
  requireStaff,
  rolesOf,
  type StaffActing,
} from '#modules/access'
import { contactOf, patientById, patientsFound, type FoundPatient } from '#modules/directory'
import { FindPatientPage } from './find-patient-page.tsx'
import { PatientPage } from './patient-page.tsx'

const query = z.object({ search: z.string().max(100).catch('').default('') })
const params = z.object({ patientId: z.string() })

/** Finding a patient, and what the practice should know of one person's online access. */
export function registerPractice(app: FastifyInstance): void {
  app.get('/practice/patients', async (request, reply) => {
    const acting = await requireStaff(request, 'find-patients')
    const search = query.parse(request.query).search.trim()
    const found = await app.db.transaction(acting, (tx) => findPatients(tx, search))
    return sendPage(reply, <FindPatientPage search={search} found={found} />)
  })

  app.get('/practice/patients/:patientId', async (request, reply) => {
    const acting = await requireStaff(request, 'find-patients')
    const patientId = parseId<'Patient'>(params.parse(request.params).patientId)
    if (patientId === undefined) throw new NotFound()

    const shown = await app.db.transaction(acting, async (tx) => {
      const patient = await patientById(tx, patientId)
      if (!patient) throw new NotFound()
      await recordEvent(tx, { type: 'practice.patient-viewed', about: patientId })
      const roles = await rolesOf(tx, tx.acting)
      return {
        patient,
        contact: await contactOf(tx, patientId),
        associations: await associationsOfPatient(tx, patientId),
        mayViewRecord: mayDo(roles, 'view-record'),
        mayViewClinics: mayDo(roles, 'view-clinics'),
        maySeeOrders: mayDo(roles, 'triage-prescriptions'),
        maySetParts: mayDo(roles, 'authorise-access'),
      }
    })
    return sendPage(reply, <PatientPage {...shown} />)
  })
}

async function findPatients(
  tx: Tx<StaffActing<'find-patients'>>,
  search: string,
): Promise<readonly FoundPatient[]> {
  if (search === '') return []
  const nhsNumber = parseNhsNumber(search)
  const found = await patientsFound(
    tx,
    nhsNumber.ok ? { nhsNumber: nhsNumber.value } : { name: search },
  )
  await recordEvent(tx, {
    type: 'practice.patients-searched',
    details: { patientIds: found.map((patient) => patient.patientId) },
  })
  return found
}
