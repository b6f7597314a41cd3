import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { newId, parseId } from '#kernel/id'
import { ageOn, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, typedText, type FieldFault } from '#platform/http'
import {
  accessPolicy,
  associationsOfPatient,
  defaultGrant,
  mayDo,
  proxiesOfPatient,
  recordAsksForReview,
  requireStaff,
  rolesOf,
  type StaffActing,
} from '#modules/access'
import { contactOf, ownPractice, patientById, type Patient } from '#modules/directory'
import { recordIdentity } from '../../commands/identity/record-identity.ts'
import { closeAsked } from '../../commands/asking/ask-for-details.ts'
import { issueLinkage, revokeLinkage } from '../../commands/linkage/issue-linkage.ts'
import { openOnAccount } from '../../commands/linkage/use-linkage.ts'
import { identityChecks } from '../../queries/identity.ts'
import { applicationByReference } from '../../queries/limited.ts'
import { linkageOfPatient } from '../../queries/linkage.ts'
import { DetailsPage } from './details-page.tsx'
import { OnlinePage } from './overview-page.tsx'
import { readDeskForm, referenceFault, type DeskSignUp } from './sign-up-form.ts'
import { DeskSignUpPage, type DeskSignUpModel } from './sign-up-page.tsx'
import { refusalWords } from './words.ts'

const params = z.object({ patientId: z.string() })
const path = '/practice/patients/:patientId/online'

/** One person's online services at the practice, and signing them up there. */
export function registerDeskSignUp(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'find-patients')
    const shown = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      const { patientId } = patient
      await recordEvent(tx, { type: 'registration.online-viewed', about: patientId })
      const roles = await rolesOf(tx, tx.acting)
      return {
        patient,
        contact: await contactOf(tx, patientId),
        checks: await identityChecks(tx, patientId),
        proxies: await proxiesOfPatient(tx, patientId),
        linkages: await linkageOfPatient(tx, patientId),
        associations: await associationsOfPatient(tx, patientId),
        mayVerify: mayDo(roles, 'verify-identity'),
        mayAuthorise: mayDo(roles, 'authorise-access'),
        now: tx.now,
      }
    })
    return sendPage(reply, <OnlinePage {...shown} />)
  })

  app.get(`${path}/sign-up`, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const model = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      await recordEvent(tx, { type: 'registration.online-viewed', about: patient.patientId })
      return signUpModel(tx, patient)
    })
    return sendPage(reply, <DeskSignUpPage {...model} />)
  })

  app.post(`${path}/sign-up`, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const form = readDeskForm(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      const made = form.ok ? await signUp(tx, patient, form.value) : form
      if (made.ok && form.ok)
        return {
          ...made.value,
          patient,
          contact: await contactOf(tx, patient.patientId),
          practice: await ownPractice(tx),
          form: form.value,
        }
      return { model: await signUpModel(tx, patient), faults: made.ok ? [] : made.refusal }
    })
    if (outcome.model) return sendAgain(reply, request.body, outcome.model, outcome.faults)
    const { made, patient, contact, practice, accountId, form: given } = outcome
    if (!practice) throw new NotFound()
    // Where the account cannot have it, the details are good on paper.
    const isOpen =
      accountId !== undefined &&
      (await openOnAccount(app.db, practice.practice, made, accountId)).ok
    if (isOpen) return reply.redirect(`/practice/patients/${patient.patientId}/online`, 303)
    const handedOver = given.handedOver === 'account' ? 'letter' : given.handedOver
    return sendPage(reply, <DetailsPage {...{ made, patient, contact, practice, handedOver }} />)
  })

  app.post(`${path}/stop-details`, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const linkageId = parseId<'Linkage'>(fieldsOf(request.body)['linkageId'])
    const patientId = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      if (linkageId) await revokeLinkage(tx, patient.patientId, linkageId)
      return patient.patientId
    })
    return reply.redirect(`/practice/patients/${patientId}/online`, 303)
  })
}

/** The patient an address names, or leaves. */
export async function patientMeant(tx: Tx<StaffActing>, address: unknown): Promise<Patient> {
  const patientId = parseId<'Patient'>(params.parse(address).patientId)
  const patient = patientId && (await patientById(tx, patientId))
  if (!patient) throw new NotFound()
  return patient
}

async function signUp(
  tx: Tx<StaffActing<'verify-identity'>>,
  patient: Patient,
  { evidence, reference, ...given }: DeskSignUp,
) {
  const application =
    reference === undefined ? undefined : await applicationByReference(tx, reference)
  if (reference !== undefined && !application)
    return { ok: false, refusal: [referenceFault] } as const
  const order = { ...given, patient, method: evidence.method }
  const made = await issueLinkage(tx, order)
  if (!made.ok) {
    const fault: FieldFault = { field: 'method', message: refusalWords[made.refusal] }
    return { ok: false, refusal: [fault] } as const
  }
  await recordIdentity(tx, patient.patientId, evidence)
  if (application) await closeAsked(tx, application.askedId, 'signed-up')
  return { ok: true, value: { made: made.value, accountId: application?.accountId } } as const
}

async function signUpModel(
  tx: Tx<StaffActing<'verify-identity'>>,
  patient: Patient,
): Promise<DeskSignUpModel> {
  const today = localDateOf(tx.now)
  const age = ageOn(patient.bornOn, today)
  const awaitsReview = await recordAsksForReview(tx, patient.patientId)
  return {
    patient,
    contact: await contactOf(tx, patient.patientId),
    age,
    awaitsReview,
    linkageId: newId(tx.now),
    byDefault: defaultGrant(await accessPolicy(tx), { ...patient, age, awaitsReview }, today),
    mayAuthorise: mayDo(await rolesOf(tx, tx.acting), 'authorise-access'),
    typed: {},
    askedAbout: [],
  }
}

function sendAgain(
  reply: FastifyReply,
  body: unknown,
  model: DeskSignUpModel,
  faults: readonly FieldFault[],
): FastifyReply {
  const typed = fieldsOf(body)
  const asked: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'askedAbout') : undefined
  const askedAbout = [asked].flat().filter((one) => typeof one === 'string')
  return sendPage(
    reply,
    <DeskSignUpPage {...model} typed={typed} askedAbout={askedAbout} faults={faults} />,
    400,
  )
}

function fieldsOf(given: unknown): Readonly<Record<string, string>> {
  return typeof given === 'object' && given !== null ? typedText(given) : {}
}
