import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseNhsNumber } from '#kernel/nhs-number'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { parseForm, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { patientByNhsNumber, type Patient, type RegistrationChange } from '#modules/directory'
import { recordRegistration } from '../../commands/registering/end-registration.ts'
import { patientMeant } from '../desk/routes.tsx'
import { RegistrationPage } from './registration-page.tsx'

const path = '/practice/patients/:patientId/registration'
const form = z.object({
  kind: z.enum(['left', 'deceased', 'active', 'sensitive', 'not-sensitive', 'merged'], {
    error: 'Choose what happened',
  }),
  into: z.string().trim().default(''),
})

/** What became of somebody's registration: leaving, death, coming back, a mark, a twin record. */
export function registerRegistering(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const patient = await app.db.transaction(acting, async (tx) => {
      const found = await patientMeant(tx, request.params)
      await recordEvent(tx, { type: 'registration.viewed', about: found.patientId })
      return found
    })
    return sendPage(reply, <RegistrationPage patient={patient} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const given = parseForm(form, request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      if (!given.ok) return { patient, faults: given.refusal.faults }
      const change = await changeMeant(tx, patient, given.value)
      if (change === undefined) return { patient, faults: [{ field: 'into', message: noTwin }] }
      const done = await recordRegistration(tx, patient.patientId, change)
      return done.ok
        ? { patient }
        : {
            patient,
            faults: [{ field: 'kind', message: 'It is like that already. Nothing was changed' }],
          }
    })
    const { patient, faults } = outcome
    if (faults) return sendPage(reply, <RegistrationPage patient={patient} faults={faults} />, 400)
    return reply.redirect(`/practice/patients/${patient.patientId}/online`, 303)
  })
}

const noTwin = 'Enter the NHS number of the other patient here who is the same person'

async function changeMeant(
  tx: Tx<StaffActing>,
  patient: Patient,
  { kind, into }: z.output<typeof form>,
): Promise<RegistrationChange | undefined> {
  if (kind === 'sensitive' || kind === 'not-sensitive')
    return { kind: 'sensitive', isSensitive: kind === 'sensitive' }
  if (kind !== 'merged') return { kind }
  const nhsNumber = parseNhsNumber(into)
  const other = nhsNumber.ok ? await patientByNhsNumber(tx, nhsNumber.value) : undefined
  if (!other || other.patientId === patient.patientId) return undefined
  return { kind, into: other.patientId }
}
