import { randomBytes } from 'node:crypto'
import { newId, parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { StaffId } from '#modules/directory'
import { prescriptionsOf, type PaperReason } from '../../domain/eps/electronic.ts'
import {
  partIdsMade,
  type Prescriber,
  type PrescriptionOrder,
} from '../../domain/eps/order-facts.ts'
import { isOpen } from '../../domain/eps/pharmacy.ts'
import { newPrescriptionId } from '../../domain/eps/prescription-id.ts'
import { prescriptionOrderOf } from '../../domain/eps/prescription-order.ts'
import type { OrderId } from '../../domain/item.ts'
import {
  orderParties,
  prescriberById,
  waitingLines,
  type OrderParties,
  type WaitingLine,
} from '../../queries/eps/gathered.ts'

/** Puts the waiting lines of an order into prescriptions, and each of those on its way. */
export const writeMessagesJob: JobHandler = {
  kind: 'prescriptions.write-messages',
  run: async (tx, payload) => {
    const orderId = parseId<'Order'>(payload['orderId'])
    if (orderId === undefined) throw new Error('The job of a prescription names no order')
    await writeMessages(tx, orderId)
  },
}

type Working = Tx<SystemProof>

async function writeMessages(tx: Working, orderId: OrderId): Promise<void> {
  const lines = await waitingLines(tx, orderId)
  const wanted = lines.filter(({ state }) => state === 'approved')
  await release(
    tx,
    lines.filter(({ state }) => state !== 'approved'),
  )
  if (wanted.length === 0) return
  const parties = await orderParties(tx, orderId)
  if (!parties) throw new Error('The order of a prescription is not there')

  for (const set of prescriptionsOf(wanted)) {
    const [first] = set
    if (!first) continue
    const prescriber = await prescriberById(tx, first.staffId)
    const order = orderOf(tx, set, parties, prescriber)
    if (typeof order === 'string') await putOnPaper(tx, set, order)
    else await writeMessage(tx, { orderId, staffId: first.staffId, set, order })
  }
}

/** Everything that the prescription says, or why it cannot be one. */
function orderOf(
  { now, acting }: Working,
  set: readonly WaitingLine[],
  parties: OrderParties,
  prescriber: Prescriber | undefined,
): PrescriptionOrder | PaperReason {
  const { destinationOds, pharmacyName, parentCode, parentName, postcode } = parties
  const prescriptionId = newPrescriptionId(acting.practice, randomBytes(6).toString('hex').slice(1))
  if (destinationOds === undefined || pharmacyName === undefined) return 'pharmacy-closed'
  if (!isOpen(parties, localDateOf(now))) return 'pharmacy-closed'
  if (!prescriptionId || parentCode === undefined || parentName === undefined)
    return 'practice-not-set-up'
  if (!prescriber) return 'prescriber-not-set-up'
  if (postcode === undefined) return 'patient-details'
  const approvedAt = set.reduce(
    (latest, { queuedAt }) => (queuedAt > latest ? queuedAt : latest),
    new Date(0),
  )
  const { practiceName, practiceLines, practicePostcode, practicePhone } = parties
  return {
    messageId: newId(now),
    partIds: partIdsMade(() => newId(now)),
    prescriptionId,
    prescriptionUuid: newId(now),
    kind: set[0]?.kind ?? 'repeat',
    approvedAt,
    approvedOn: localDateOf(approvedAt),
    practice: {
      odsCode: acting.practice,
      name: practiceName,
      addressLines: practiceLines,
      postcode: practicePostcode,
      phone: practicePhone,
      parentCode,
      parentName,
    },
    prescriber,
    patient: { ...parties, postcode },
    pharmacy: { odsCode: destinationOds, name: pharmacyName },
    items: set.map((line) => ({
      ...line.approvedDetail,
      lineId: line.lineId,
      authorisationId: line.medicationId,
    })),
  }
}

async function writeMessage(
  tx: Working,
  given: {
    readonly orderId: OrderId
    readonly staffId: StaffId
    readonly set: readonly WaitingLine[]
    readonly order: PrescriptionOrder
  },
): Promise<void> {
  const { orderId, staffId, set, order } = given
  const { practice } = tx.acting
  const patientId = set[0]?.patientId
  const { messageId, prescriptionId } = order
  await tx.run(sql`
    with written as (
      insert into prescriptions.eps_message
        (practice, message_id, order_id, patient_id, staff_id, destination_ods, prescription_id,
         body, written_at, next_try_at)
      values (${practice}, ${messageId}, ${orderId}, ${patientId}, ${staffId},
        ${order.pharmacy.odsCode}, ${prescriptionId},
        ${JSON.stringify(prescriptionOrderOf(order))}, ${tx.now}, ${tx.now})
      returning practice, message_id
    )
    update prescriptions.eps_line line
    set message_id = written.message_id
    from written
    where line.practice = ${practice}
      and line.practice = written.practice
      and line.line_id = any(${set.map(({ lineId }) => lineId)}::uuid[])
  `)
  await recordEvent(tx, {
    type: 'prescriptions.prescription-written',
    ...(patientId !== undefined && { about: patientId }),
    details: { orderId, messageId, items: set.length },
  })
  await enqueue(tx, 'prescriptions.post-message', { messageId })
}

async function putOnPaper(
  tx: Working,
  set: readonly WaitingLine[],
  why: PaperReason,
): Promise<void> {
  await release(tx, set)
  await tx.run(sql`
    update prescriptions.order_item
    set paper_reason = ${why}
    where practice = ${tx.acting.practice}
      and item_id = any(${set.map(({ itemId }) => itemId)}::uuid[])
  `)
  for (const { patientId, itemId } of set) {
    await recordEvent(tx, {
      type: 'prescriptions.item-put-on-paper',
      about: patientId,
      details: { itemId, why },
    })
  }
}

async function release(tx: Working, lines: readonly WaitingLine[]): Promise<void> {
  if (lines.length === 0) return
  await tx.run(sql`
    update prescriptions.eps_line
    set released_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and line_id = any(${lines.map(({ lineId }) => lineId)}::uuid[])
  `)
}
