import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { ageOn, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { formatName, patientById } from '#modules/directory'
import {
  changeServices,
  endAccess,
  resumeAccess,
  suspendAccess,
  type AssociationAt,
} from '../../commands/rights/change-services.ts'
import { seeConcern } from '../../commands/proxies/see-concern.ts'
import { decideRequest } from '../../commands/requests/decide-request.ts'
import { associationsOfPatient } from '../../queries/associations.ts'
import { openConcerns } from '../../queries/proxies/concerns.ts'
import { waitingRequests } from '../../queries/requests/level-requests.ts'
import { requireStaff, type StaffActing } from '../staff.tsx'
import { RequestsPage } from './requests-page.tsx'
import { changeReach } from '../../commands/proxies/change-reach.ts'
import { planStep } from '../../commands/proxies/steps.ts'
import { plannedSteps, proxiesOfPatient } from '../../queries/proxies/proxies.ts'
import { proxyRefusalWords } from '../proxies/words.ts'
import { readTerms } from './proxy-terms.tsx'
import { readStep, stepWords } from './step-form.tsx'
import { AssociationPage } from './services-page.tsx'

const use = z.enum(['none', 'view', 'manage'])
const level = z.enum(['none', 'summary', 'detailed', 'documents', 'full'])
const switches = z.object({
  appointments: use,
  prescriptions: use,
  recordCurrent: level,
  recordHistorical: level,
  quiet: z.literal('yes').optional(),
})
const path = '/practice/patients/:patientId/online/access/:associationId'
const addressed = z.object({ patientId: z.string(), associationId: z.string() })

/** What one account may do for one patient, and what patients ask for. */
export function registerAccessDesk(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const shown = await app.db.transaction(acting, async (tx) => {
      const at = atOf(request.params)
      await recordEvent(tx, { type: 'access.association-viewed', about: at.patientId })
      return shownOf(tx, at)
    })
    return sendPage(reply, <AssociationPage {...shown} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const at = atOf(request.params)
    const form = parseForm(switches, request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = await shownOf(tx, at)
      if (!form.ok) return { ...shown, faults: [{ field: '', message: 'Choose from each list' }] }
      const { quiet, ...grant } = form.value
      const changed = await changeServices(tx, at, { grant, isQuiet: quiet === 'yes' })
      if (changed.ok) return undefined
      return { ...shown, faults: [{ field: 'recordCurrent', message: aboveIdentity }] }
    })
    if (!outcome) return reply.redirect(onlinePath(at), 303)
    return sendPage(reply, <AssociationPage {...outcome} />, 400)
  })

  app.post(`${path}/terms`, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const at = atOf(request.params)
    const form = readTerms(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      if (!form.ok) return { ...(await shownOf(tx, at)), faults: form.refusal }
      const changed = await changeReach(tx, at, form.value)
      if (changed.ok) return undefined
      if (changed.refusal === 'not-there') throw new NotFound()
      const message = proxyRefusalWords[changed.refusal]
      return { ...(await shownOf(tx, at)), faults: [{ field: 'endsOn', message }] }
    })
    if (!outcome) return reply.redirect(onlinePath(at), 303)
    return sendPage(reply, <AssociationPage {...outcome} />, 400)
  })

  // Whoever is on the phone can stop access: it never shows anybody more (CO-3).
  app.post(`${path}/suspend`, async (request, reply) => {
    const acting = await requireStaff(request, 'find-patients')
    const at = atOf(request.params)
    await app.db.transaction(acting, (tx) => suspendAccess(tx, at, 'surgery'))
    return reply.redirect(onlinePath(at), 303)
  })

  app.post(`${path}/resume`, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const at = atOf(request.params)
    const form = parseForm(agreeing, request.body)
    const agreed = form.ok ? form.value.agreed : undefined
    const outcome = await app.db.transaction(acting, async (tx) => {
      const resumed = await resumeAccess(tx, at, agreed)
      if (resumed.ok || resumed.refusal === 'not-there') return undefined
      const message = proxyRefusalWords[resumed.refusal]
      return { ...(await shownOf(tx, at)), faults: [{ field: 'agreed', message }] }
    })
    if (!outcome) return reply.redirect(onlinePath(at), 303)
    return sendPage(reply, <AssociationPage {...outcome} />, 400)
  })

  app.post(`${path}/steps`, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const at = atOf(request.params)
    const form = readStep(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      if (!form.ok) return { ...(await shownOf(tx, at)), faults: form.refusal }
      const planned = await planStep(tx, at, form.value)
      if (planned.ok) return undefined
      if (planned.refusal === 'not-there') throw new NotFound()
      const message = stepWords[planned.refusal]
      return { ...(await shownOf(tx, at)), faults: [{ field: 'fromDay', message }] }
    })
    if (!outcome) return reply.redirect(`${onlinePath(at)}/access/${at.associationId}`, 303)
    return sendPage(reply, <AssociationPage {...outcome} />, 400)
  })

  app.post(`${path}/end`, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const at = atOf(request.params)
    await app.db.transaction(acting, (tx) => endAccess(tx, at))
    return reply.redirect(onlinePath(at), 303)
  })

  registerRequests(app)
}

const agreeing = z.object({
  agreed: z.enum(['patient-in-person', 'patient-by-phone']).optional().catch(undefined),
})

const aboveIdentity =
  'Nothing was changed: what was only seen or heard from afar opens no more than medicines and allergies. Check their identity at the desk first'

function onlinePath({ patientId }: AssociationAt): string {
  return `/practice/patients/${patientId}/online`
}

function atOf(params: unknown): AssociationAt {
  const parsed = addressed.parse(params)
  const patientId = parseId<'Patient'>(parsed.patientId)
  const associationId = parseId<'Association'>(parsed.associationId)
  if (!patientId || !associationId) throw new NotFound()
  return { patientId, associationId }
}

async function shownOf(tx: Tx<StaffActing>, { patientId, associationId }: AssociationAt) {
  const patient = await patientById(tx, patientId)
  const associations = await associationsOfPatient(tx, patientId)
  const association = associations.find((one) => one.associationId === associationId)
  if (!patient || !association) throw new NotFound()
  const proxies = association.relation === 'proxy' ? await proxiesOfPatient(tx, patientId) : []
  const proxy = proxies.find((one) => one.associationId === associationId)
  const isOutgrown =
    proxy?.basis === 'parental-responsibility' && ageOn(patient.bornOn, localDateOf(tx.now)) >= 16
  const steps = proxy ? await plannedSteps(tx, proxy.proxyId) : []
  return { name: formatName(patient), patientId, association, proxy, isOutgrown, steps }
}

const decision = z.object({
  outcome: z.enum(['granted', 'refused']),
  answer: z.string().trim().max(500).default(''),
})

function registerRequests(app: FastifyInstance): void {
  app.get('/practice/online', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const shown = await app.db.transaction(acting, async (tx) => {
      const requests = await waitingRequests(tx)
      await recordEvent(tx, {
        type: 'access.requests-viewed',
        details: { patientIds: requests.map(({ patientId }) => patientId) },
      })
      return { requests, concerns: await openConcerns(tx), now: tx.now }
    })
    return sendPage(reply, <RequestsPage {...shown} />)
  })

  app.post('/practice/online/concerns/:concernId', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const { concernId: given } = z.object({ concernId: z.string() }).parse(request.params)
    const concernId = parseId<'Concern'>(given)
    if (!concernId) throw new NotFound()
    await app.db.transaction(acting, (tx) => seeConcern(tx, concernId))
    return reply.redirect('/practice/online', 303)
  })

  app.post('/practice/online/requests/:requestId', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const { requestId: given } = z.object({ requestId: z.string() }).parse(request.params)
    const requestId = parseId<'LevelRequest'>(given)
    if (!requestId) throw new NotFound()
    const form = parseForm(decision, request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const message = await decided(tx)
      return message === undefined
        ? undefined
        : {
            requests: await waitingRequests(tx),
            concerns: await openConcerns(tx),
            now: tx.now,
            message,
          }
    })
    if (!outcome) return reply.redirect('/practice/online', 303)
    const { message, ...shown } = outcome
    const faults = [{ field: `answer-${requestId}`, message }]
    return sendPage(reply, <RequestsPage {...shown} faults={faults} />, 400)

    async function decided(tx: Tx<StaffActing<'authorise-access'>>): Promise<string | undefined> {
      if (!form.ok || !requestId) return 'Choose what to do'
      if (form.value.outcome === 'refused' && form.value.answer === '')
        return 'Enter words for the patient: why, and what they can do'
      const done = await decideRequest(tx, { requestId, ...form.value })
      if (done.ok) return undefined
      return done.refusal === 'above-identity'
        ? aboveIdentity
        : 'This was decided or taken back meanwhile. Nothing was changed'
    }
  })
}
