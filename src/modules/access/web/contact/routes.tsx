import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused, sendPage, typedText } from '#platform/http'
import { contactOf, patientById, setContact } from '#modules/directory'
import { requireActing } from '../acting.tsx'
import { PatientOnlyPage } from '../proxies/sharing-page.tsx'
import { requireStaff, type StaffActing } from '../staff.tsx'
import { noWayLeft, readContactForm } from './contact-form.ts'
import { OwnContactPage, PatientContactPage } from './contact-page.tsx'

const everyWay = ['email', 'text', 'phone', 'letter']
const path = '/practice/patients/:patientId/contact'

/** How a patient may be reached: said by themself, or written down by staff. */
export function registerContact(app: FastifyInstance): void {
  app.get('/account/contact', async (request, reply) => {
    const acting = await requireActing(request, 'home')
    if (acting.as !== 'self') throw new Refused(<PatientOnlyPage />)
    await app.db.transaction(acting, async () => undefined)
    const isSaved = request.url.endsWith('?done=saved')
    return sendPage(reply, <OwnContactPage typed={{}} ways={everyWay} isSaved={isSaved} />)
  })

  app.post('/account/contact', async (request, reply) => {
    const acting = await requireActing(request, 'home')
    if (acting.as !== 'self') throw new Refused(<PatientOnlyPage />)
    const form = readContactForm(request.body)
    const faults = await app.db.transaction(acting, async (tx) => {
      if (!form.ok) return form.refusal
      const by = { as: 'patient', id: acting.accountId } as const
      const said = await setContact(tx, acting.patientId, form.value, by)
      return said.ok ? undefined : [noWayLeft]
    })
    if (!faults) return reply.redirect('/account/contact?done=saved', 303)
    return sendPage(reply, <OwnContactPage {...typedIn(request.body)} faults={faults} />, 400)
  })

  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'find-patients')
    const shown = await app.db.transaction(acting, async (tx) => {
      const found = await contactMeant(tx, request.params)
      await recordEvent(tx, { type: 'directory.contact-viewed', about: found.patient.patientId })
      return found
    })
    return sendPage(reply, <PatientContactPage {...shown} typed={{}} ways={everyWay} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const { body } = request
    const isUsual = typeof body === 'object' && body !== null && 'usual' in body
    const form = isUsual ? undefined : readContactForm(body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const found = await contactMeant(tx, request.params)
      if (form && !form.ok) return { ...found, faults: form.refusal }
      const by = { as: 'staff', id: acting.staffId } as const
      const said = await setContact(tx, found.patient.patientId, form?.value, by)
      return said.ok ? { ...found, faults: undefined } : { ...found, faults: [noWayLeft] }
    })
    const { faults, patient } = outcome
    if (!faults) return reply.redirect(`/practice/patients/${patient.patientId}/contact`, 303)
    return sendPage(reply, <PatientContactPage {...outcome} {...typedIn(body)} />, 400)
  })
}

async function contactMeant(tx: Tx<StaffActing>, params: unknown) {
  const patientId = parseId<'Patient'>(z.object({ patientId: z.string() }).parse(params).patientId)
  const patient = patientId && (await patientById(tx, patientId))
  const contact = patientId && (await contactOf(tx, patientId))
  if (!patient || !contact) throw new NotFound()
  return { patient, contact }
}

function typedIn(body: unknown) {
  const given = typeof body === 'object' && body !== null ? body : {}
  const ways: unknown = Reflect.get(given, 'ways')
  const chosen = Array.isArray(ways) ? ways.map(String) : typeof ways === 'string' ? [ways] : []
  return { typed: typedText(given), ways: chosen }
}
