import { newId, parseId } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { Reply } from '../../domain/eps/acknowledgement.ts'
import { readUpdates } from '../../domain/eps/read-updates.ts'
import { isTrackingOver, nextAskAt } from '../../domain/eps/tracking.ts'
import { lockedMessage, type LockedMessage } from '../../queries/eps/messages.ts'
import { trackedItems } from '../../queries/eps/tracked-items.ts'
import { applyUpdates } from './apply-updates.ts'
import type { EpsConnection } from './connection.ts'
import { raiseAlert } from './raise-alert.ts'

type Working = Tx<SystemProof>

const unconnectedWaitMs = 24 * 60 * 60_000

/** Asks what pharmacies say of one prescription, and comes back until nothing more is to be heard. */
export function askPharmacyJob(connection: EpsConnection | undefined): JobHandler {
  return {
    kind: 'prescriptions.ask-pharmacy',
    run: async (tx, payload) => {
      const messageId = parseId<'Message'>(payload['messageId'])
      if (messageId === undefined) throw new Error('The job of a prescription names none')
      const message = await lockedMessage(tx, messageId)
      if (message?.state !== 'accepted') return
      // Asked before this was due, by a job that ran twice: the later one goes on.
      if (message.nextAskAt && message.nextAskAt > tx.now) return
      const reply = await connection?.ask(message.nhsNumber, newId(tx.now))
      if (!reply) return askAgainAt(tx, message, 0, new Date(tx.now.getTime() + unconnectedWaitMs))
      await hear(tx, message, reply)
    },
  }
}

async function hear(tx: Working, message: LockedMessage, reply: Reply): Promise<void> {
  const heard = reply.status === 200 ? readUpdates(reply.body) : undefined
  if (!heard) {
    const failures = message.askFailures + 1
    return askAgainAt(tx, message, failures, nextAskAt(message.writtenAt, tx.now, failures))
  }
  const own = heard.updates.filter(
    ({ prescriptionId }) => prescriptionId === message.prescriptionId,
  )
  if (own.length > 0) await applyUpdates(tx, message, own)
  if (heard.unread > 0) {
    const { messageId, patientId } = message
    await raiseAlert(tx, { kind: 'unread-status', cause: messageId, messageId, patientId })
  }
  const items = await trackedItems(tx, message.messageId)
  const isOver = items.every(({ state }) => isTrackingOver(state))
  await askAgainAt(tx, message, 0, isOver ? undefined : nextAskAt(message.writtenAt, tx.now, 0))
}

async function askAgainAt(
  tx: Working,
  { messageId }: LockedMessage,
  failures: number,
  at: Date | undefined,
): Promise<void> {
  await tx.run(sql`
    update prescriptions.eps_message
    set asked_at = ${tx.now}, ask_failures = ${failures}, next_ask_at = ${at}
    where practice = ${tx.acting.practice}
      and message_id = ${messageId}
  `)
  if (at) await enqueue(tx, 'prescriptions.ask-pharmacy', { messageId }, at)
}
