import { randomBytes } from 'node:crypto'
import { textHash } from '#kernel/keyed-hash'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { DrawId } from '../../domain/draw/allot.ts'
import { drawFaults, type DrawFault, type DrawPlan } from '../../domain/draw/draw.ts'
import { drawById } from '../../queries/draw/draws.ts'
import { lockSlotsForDraw } from '../../queries/draw/drawable-slots.ts'

/**
 * Makes a draw and holds its slots for it, all of them or none. The seed is made here, kept secret
 * until the draw, and its hash shown from now on. A plan with the id of a draw that is there changes
 * nothing and gives that draw.
 */
export async function makeDraw(
  tx: Tx<StaffActing<'publish-slots'> | SystemProof>,
  plan: DrawPlan & { readonly drawId: DrawId },
): Promise<Result<DrawId, readonly DrawFault[]>> {
  const { drawId } = plan
  if (await drawById(tx, drawId)) return accept(drawId)
  const slots = await lockSlotsForDraw(tx, plan.slotIds)
  const faults = drawFaults(plan, slots, tx.now)
  if (faults.length > 0) return refuse(faults)

  const madeBy = 'staffId' in tx.acting ? tx.acting.staffId : undefined
  const seed = randomBytes(32).toString('hex')
  const inserted = await tx.run(sql`
    insert into appointments.draw
      (practice, draw_id, name, opens_at, closes_at, priorities, seed, seed_hash, made_at, made_by)
    values (${tx.acting.practice}, ${drawId}, ${plan.name}, ${plan.opensAt}, ${plan.closesAt},
      ${plan.priorities}, ${seed}, ${textHash(seed)}, ${tx.now},
      ${madeBy})
    on conflict do nothing
  `)
  if (inserted === 0) return accept(drawId)
  await tx.run(sql`
    update appointments.slot
    set draw_id = ${drawId}, state = 'held'
    where practice = ${tx.acting.practice}
      and slot_id = any (${plan.slotIds}::uuid[])
  `)
  await recordEvent(tx, {
    type: 'appointments.draw-made',
    details: { drawId, slots: slots.length, priorities: plan.priorities, seedHash: textHash(seed) },
  })
  await enqueue(tx, 'appointments.run-draw', { drawId }, plan.closesAt)
  return accept(drawId)
}
