import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { patientById } from '#modules/directory'
import { labelledBundle } from '../../domain/deciding/labels.ts'
import { resourcesToSend } from '../../queries/review/transfer.ts'
import { TransferPage } from './transfer-page.tsx'

const params = z.object({ patientId: z.string() })
const base = '/practice/patients/:patientId/record/transfer'

/** The record for another practice, with a label on what is kept back here. */
export function registerTransfer(app: FastifyInstance): void {
  app.get(base, async (request, reply) => {
    const acting = await requireStaff(request, 'view-record')
    const { patient, items } = await app.db.transaction(acting, (tx) =>
      sendable(tx, request, 'record.transfer-viewed'),
    )
    const withForm = items.filter((item) => item.resource !== undefined)
    return sendPage(
      reply,
      <TransferPage
        patient={patient}
        entries={items.length}
        sent={withForm.length}
        keptBack={withForm.filter((item) => item.isKeptBack).length}
      />,
    )
  })

  app.get(`${base}.json`, async (request, reply) => {
    const acting = await requireStaff(request, 'view-record')
    const { patient, items } = await app.db.transaction(acting, (tx) =>
      sendable(tx, request, 'record.transfer-downloaded'),
    )
    return reply
      .header('content-disposition', 'attachment; filename="record.json"')
      .header('cache-control', 'no-store')
      .type('application/fhir+json')
      .send(JSON.stringify(labelledBundle(items, patient)))
  })
}

async function sendable(
  tx: Tx<StaffActing<'view-record'>>,
  request: FastifyRequest,
  type: `record.${string}`,
) {
  const patientId = parseId<'Patient'>(params.parse(request.params).patientId)
  const patient = patientId && (await patientById(tx, patientId))
  if (!patient) throw new NotFound()
  await recordEvent(tx, { type, about: patient.patientId })
  return { patient, items: await resourcesToSend(tx, patient.patientId) }
}
