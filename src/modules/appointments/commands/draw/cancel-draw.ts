import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { DrawId } from '../../domain/draw/allot.ts'
import { drawById } from '../../queries/draw/draws.ts'

/**
 * Calls a draw off before it is drawn. Its slots are as they were before it, and everyone who had
 * asked is told. Asked again, the answer is the same.
 */
export async function cancelDraw(
  tx: Tx<StaffActing<'publish-slots'>>,
  drawId: DrawId,
): Promise<Result<'cancelled', 'not-found' | 'drawn-already'>> {
  const cancelled = await tx.run(sql`
    update appointments.draw
    set cancelled_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and drawn_at is null
      and cancelled_at is null
  `)
  if (cancelled === 0) {
    const draw = await drawById(tx, drawId)
    if (!draw) return refuse('not-found')
    return draw.cancelledAt ? accept('cancelled') : refuse('drawn-already')
  }
  await tx.run(sql`
    update appointments.slot
    set draw_id = null, state = 'free'
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and state = 'held'
  `)
  await recordEvent(tx, { type: 'appointments.draw-cancelled', details: { drawId } })
  for (const patientId of await entrants(tx, drawId)) {
    await enqueue(tx, 'appointments.send-draw-result', { drawId, patientId })
  }
  return accept('cancelled')
}

async function entrants(tx: Tx, drawId: DrawId): Promise<readonly Id<'Patient'>[]> {
  const rows = await tx.many<{ readonly patientId: Id<'Patient'> }>(sql`
    select patient_id
    from appointments.draw_entry
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and withdrawn_at is null
    order by entry_id
  `)
  return rows.map((row) => row.patientId)
}
