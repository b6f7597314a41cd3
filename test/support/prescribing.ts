import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import type { Role, ServiceLevel } from '#modules/access'
import { addMedicines, anAccount, aPatient, aStaffMember, type MedicineEntry } from './surgery.ts'
import { hiddenField, signedIn, type Visitor } from './visitor.ts'

/** A patient with these medicines, signed in to their own pages; `signIn` does so again later. */
export async function aPatientVisiting(
  app: FastifyInstance,
  practice: OdsCode,
  medicines: readonly MedicineEntry[],
  given: { readonly prescriptions?: ServiceLevel } = {},
) {
  const { db } = app
  const subject = newId<'Patient'>(db.now())
  const accountId = await anAccount(db, 'patient', { practice, subjectId: subject })
  const patient = await aPatient<'prescriptions'>(db, practice, { ...given, accountId })
  const { patientId, acting } = patient
  const ids = await addMedicines(db, practice, patientId, medicines)
  const link = { practice, subjectId: patientId, relation: 'self' } as const
  const signIn = () => signedIn(app, accountId, link)
  return { practice, patientId, acting, accountId, ids, visitor: await signIn(), signIn }
}

/** A member of staff, signed in to the practice site; `signIn` does so again later. */
export async function staffVisiting(
  app: FastifyInstance,
  practice: OdsCode,
  name: string,
  roles: readonly Role[],
) {
  const { staffId, acting } = await aStaffMember(app.db, practice, { name, roles })
  const link = { practice, subjectId: staffId }
  const accountId = await anAccount(app.db, 'practice', link)
  const signIn = () => signedIn(app, accountId, { ...link, relation: 'staff' })
  return { staffId, acting, visitor: await signIn(), signIn }
}

/** Orders these medicines, as checking and sending does, and gives where the order is followed. */
export async function orderOf(
  visitor: Visitor,
  medicine: readonly string[],
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const form = { medicine, note: '', ...fields }
  const check = await visitor.post('/prescriptions/check', form)
  const idempotencyKey = hiddenField(check, 'idempotencyKey')
  const ordered = await visitor.post('/prescriptions/orders', { ...form, idempotencyKey })
  if (ordered.location === undefined) throw new Error(`Not ordered: ${ordered.words}`)
  return ordered.location
}
