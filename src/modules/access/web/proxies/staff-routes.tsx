import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, typedText } from '#platform/http'
import { patientById, type Patient } from '#modules/directory'
import { newProxyId, recordProxy } from '../../commands/proxies/decide-proxy.ts'
import { recordAreas } from '../../domain/areas.ts'
import { requireStaff, type StaffActing } from '../staff.tsx'
import { readProxyForm } from './proxy-form.ts'
import { ProxyPage } from './proxy-page.tsx'
import { typedReach } from './reach-fields.tsx'
import { proxyRefusalWords } from './words.ts'

const path = '/practice/patients/:patientId/proxies/new'

/** Writing down who asks to act for a patient, and answering. */
export function registerProxyDesk(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const shown = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      await recordEvent(tx, { type: 'access.proxies-viewed', about: patient.patientId })
      return { patient, proxyId: newProxyId(tx.now) }
    })
    return sendPage(
      reply,
      <ProxyPage {...shown} typed={{}} reach={{ areas: recordAreas, subjects: [] }} />,
    )
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const form = readProxyForm(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const patient = await patientMeant(tx, request.params)
      const again = { patient, proxyId: newProxyId(tx.now) }
      if (!form.ok) return { ...again, faults: form.refusal }
      const { proxyId, decision } = form.value
      const done = await recordProxy(tx, { proxyId, patient }, form.value.request, decision)
      if (done.ok) return { ...again, faults: undefined }
      return { ...again, faults: [{ field: 'basis', message: proxyRefusalWords[done.refusal] }] }
    })
    const { patient, proxyId, faults } = outcome
    if (!faults) return reply.redirect(`/practice/patients/${patient.patientId}/online`, 303)
    const { body } = request
    const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
    const shown = { patient, proxyId, faults, typed, reach: typedReach(body) }
    return sendPage(reply, <ProxyPage {...shown} />, 400)
  })
}

async function patientMeant(tx: Tx<StaffActing>, params: unknown): Promise<Patient> {
  const patientId = parseId<'Patient'>(z.object({ patientId: z.string() }).parse(params).patientId)
  const patient = patientId && (await patientById(tx, patientId))
  if (!patient) throw new NotFound()
  return patient
}
