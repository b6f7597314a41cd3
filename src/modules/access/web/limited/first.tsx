import type { FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import type { Queries } from '#platform/db'
import { Refused, SeeOther } from '#platform/http'
import { requireLimitedSignIn } from '#modules/accounts'
import { decideLimited, type FirstStep, type Standing } from '../../domain/limited/limited.ts'
import type { Permissions } from '../../domain/services.ts'
import { applicationAt, type StoredApplication } from '../../queries/limited/application.ts'
import { provedHere, type Acting } from '../acting.tsx'
import { LimitedPage } from './limited-page.tsx'

/** Somebody not proved, the proof that they may do this, and what they asked for as last read. */
export interface ActingFirst {
  readonly acting: Acting<'appointments'>
  readonly standing: Standing
  /** Known once a transaction that was opened with the proof has checked it. */
  readonly application: () => StoredApplication
}

/**
 * Lets a request through for somebody who asked a surgery for access and is not proved, or leaves:
 * to sign in, to their own appointments where they are proved by now, to asking, or with why not.
 * The proof is confined to the applicant, who is no patient, and to one appointment: whoever books
 * with it is told so by `permissionsOf`. Checked again in every transaction (I-5).
 */
export async function requireFirst(request: FastifyRequest, step: FirstStep): Promise<ActingFirst> {
  const { signIn } = await requireLimitedSignIn(request)
  const { practice, accountId, relation, identityLevel } = signIn
  const applicantId = parseId<'Patient'>(signIn.subjectId)
  if (relation === undefined) throw new SeeOther('/sign-up/ask')
  if (relation !== 'applicant' || practice === undefined || applicantId === undefined)
    throw new SeeOther('/sign-in/prove')
  const standing: Standing = identityLevel ?? 'asked'
  let found: StoredApplication | undefined
  const acting = provedHere<'appointments'>({
    practice,
    accountId,
    patientId: applicantId,
    as: 'self',
    purpose: 'appointments',
    recheck: async (queries: Queries) => {
      found = await applicationAt(queries, { practice, accountId, applicantId })
      if (!found) throw new SeeOther('/sign-up/ask')
      request.pageFacts = { ...request.pageFacts, practiceName: found.practiceName }
      const decided = decideLimited(standing, step, found)
      if (!decided.ok) throw new Refused(<LimitedPage reason={decided.refusal} />)
      return limitedPermissions(found.firstAppointments)
    },
  })
  return { acting, standing, application: () => known(found) }
}

function known(found: StoredApplication | undefined): StoredApplication {
  if (!found) throw new Error('An application was asked for before it was read')
  return found
}

/** One appointment, in one of so many places, and nothing else at all. */
function limitedPermissions(places: number): Permissions {
  return {
    appointments: 'manage',
    prescriptions: 'none',
    recordCurrent: 'none',
    recordHistorical: 'none',
    effectiveFrom: new Date(0),
    withheldAreas: [],
    practiceRecordLevel: 'none',
    firstOnly: { places },
  }
}
