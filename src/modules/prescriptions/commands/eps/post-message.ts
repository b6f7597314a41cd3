import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import { readAcknowledgement, type Refusal } from '../../domain/eps/acknowledgement.ts'
import { nextTryAt } from '../../domain/eps/sending.ts'
import { lockedMessage, type LockedMessage } from '../../queries/eps/messages.ts'
import type { EpsConnection } from './connection.ts'
import { raiseAlert } from './raise-alert.ts'
import { takeAcceptance } from './take-acceptance.ts'

type Working = Tx<SystemProof>

const unconnectedWaitMs = 60 * 60_000

/**
 * Sends a message and takes the answer. Each try is counted and committed before it is made, so that
 * a crash between sending and writing the answer is known to have been a try: the next sends the
 * same bytes under the same id, and whoever has them already says so.
 *
 * Hazard: H-007 (a prescription sent twice).
 */
export function postMessageJob(connection: EpsConnection | undefined): JobHandler {
  return {
    kind: 'prescriptions.post-message',
    run: async (tx, payload) => {
      const messageId = parseId<'Message'>(payload['messageId'])
      if (messageId === undefined) throw new Error('The job of a message names none')
      const message = await lockedMessage(tx, messageId)
      if (message?.state !== 'waiting') return
      if (!connection) return waitFor(tx, message, new Date(tx.now.getTime() + unconnectedWaitMs))
      if (message.tries === 0) return beginTrying(tx, message)
      await post(tx, message, connection)
    },
  }
}

async function waitFor(tx: Working, message: LockedMessage, at: Date): Promise<void> {
  await tx.run(sql`
    update prescriptions.eps_message
    set next_try_at = ${at}
    where practice = ${tx.acting.practice}
      and message_id = ${message.messageId}
  `)
  await enqueue(tx, 'prescriptions.post-message', { messageId: message.messageId }, at)
}

/** The first try, unless something of it was withdrawn meanwhile: then what is left is put together anew. */
async function beginTrying(tx: Working, message: LockedMessage): Promise<void> {
  const { messageId, orderId } = message
  const { practice } = tx.acting
  if (message.approvedItems === message.items) {
    await tx.run(sql`
      update prescriptions.eps_message
      set tries = 1, last_try_at = ${tx.now}, next_try_at = ${tx.now}
      where practice = ${practice}
        and message_id = ${messageId}
    `)
    return enqueue(tx, 'prescriptions.post-message', { messageId })
  }
  await tx.run(sql`
    with closed as (
      update prescriptions.eps_message
      set state = 'sent-anew', next_try_at = null
      where practice = ${practice}
        and message_id = ${messageId}
      returning practice, message_id
    )
    update prescriptions.eps_line line
    set message_id = null
    from closed
    where line.practice = ${practice}
      and line.practice = closed.practice
      and line.message_id = closed.message_id
  `)
  await enqueue(tx, 'prescriptions.write-messages', { orderId })
}

async function post(tx: Working, message: LockedMessage, connection: EpsConnection): Promise<void> {
  const answer = readAcknowledgement(await connection.post(message.messageId, message.body))
  switch (answer.outcome) {
    case 'accepted':
      return takeAcceptance(tx, message)
    case 'rejected':
      return takeRejection(tx, message, answer.reasons)
    case 'unclear':
      return tryLater(tx, message, answer.fault)
  }
}

async function takeRejection(
  tx: Working,
  message: LockedMessage,
  reasons: readonly Refusal[],
): Promise<void> {
  const { messageId, patientId, orderId } = message
  await tx.run(sql`
    update prescriptions.eps_message
    set state = 'rejected', answered_at = ${tx.now}, next_try_at = null, last_fault = null,
      reasons = ${JSON.stringify(reasons)}
    where practice = ${tx.acting.practice}
      and message_id = ${messageId}
  `)
  const words = reasons.map((reason) => reason.words).join('. ')
  await raiseAlert(tx, { kind: 'rejected', cause: messageId, messageId, patientId, words })
  await recordEvent(tx, {
    type: 'prescriptions.prescription-rejected',
    about: patientId,
    outcome: 'refused',
    details: { orderId, messageId, codes: reasons.map(({ code }) => code.slice(0, 60)) },
  })
}

async function tryLater(tx: Working, message: LockedMessage, fault: string): Promise<void> {
  const { messageId, patientId, tries } = message
  const at = nextTryAt(tx.now, tries)
  await tx.run(sql`
    update prescriptions.eps_message
    set state = ${at ? 'waiting' : 'failed'}, tries = ${at ? tries + 1 : tries},
      last_try_at = ${tx.now}, next_try_at = ${at}, last_fault = ${fault.slice(0, 300)}
    where practice = ${tx.acting.practice}
      and message_id = ${messageId}
  `)
  if (at) return enqueue(tx, 'prescriptions.post-message', { messageId }, at)
  const cause = `${messageId} after ${tx.now.toISOString()}`
  await raiseAlert(tx, { kind: 'failed', cause, messageId, patientId, words: fault })
  await recordEvent(tx, {
    type: 'prescriptions.prescription-not-sent',
    about: patientId,
    outcome: 'refused',
    details: { messageId, tries },
  })
}
