import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Database, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import type { DrawEntryId, DrawId, DrawWishes } from '../../domain/draw/allot.ts'
import {
  daysOfDraw,
  decideEntering,
  whyNotOpen,
  type EnteringRefusal,
} from '../../domain/draw/draw.ts'
import { drawById, ownEntry, slotsOfDraw, type OwnEntry } from '../../queries/draw/draws.ts'
import { Overtaken, untilNotOvertaken } from '../overtaken.ts'

/** What a patient asks of a draw. Sending the same key again is asking for the same again. */
export interface Entering {
  readonly drawId: DrawId
  readonly wishes: DrawWishes
  readonly phone?: string
  /** Their own words; '' for none. */
  readonly reason: string
  readonly idempotencyKey: Id<'DrawForm'>
}

type PatientTx = Tx<Acting<'appointments'>>

/**
 * Enters the patient acted for in a draw, or changes what they asked. Opens its own transaction:
 * where the draw is run meanwhile, it is decided again, and told to be closed.
 */
export function enterDraw(
  db: Database,
  acting: Acting<'appointments'>,
  entering: Entering,
): Promise<Result<DrawEntryId, EnteringRefusal>> {
  return untilNotOvertaken(db, acting, (tx) => enterOrSayWhyNot(tx, entering))
}

async function enterOrSayWhyNot(
  tx: PatientTx,
  entering: Entering,
): Promise<Result<DrawEntryId, EnteringRefusal>> {
  const { drawId, idempotencyKey } = entering
  const [permissions, draw, slots, first, before] = await Promise.all([
    permissionsOf(tx),
    drawById(tx, drawId),
    slotsOfDraw(tx, drawId),
    entryByKey(tx, idempotencyKey),
    ownEntry(tx, drawId, tx.acting.patientId),
  ])
  if (permissions.appointments !== 'manage') return refuse('view-only')
  if (!draw) return refuse('not-found')
  if (first && before) return accept(first)
  const days = daysOfDraw(slots)
  const decision = decideEntering({ ...draw, days }, entering, tx.now)
  if (!decision.ok) return decision
  // The form of an entry that was left since: sent again, it means to be in again.
  const again = first ? { ...entering, idempotencyKey: newId<'DrawForm'>(tx.now) } : entering
  return accept(await write(tx, again, before))
}

async function write(
  tx: PatientTx,
  entering: Entering,
  before: OwnEntry | undefined,
): Promise<DrawEntryId> {
  const { drawId, wishes, phone, reason, idempotencyKey } = entering
  if (before && (await withdraw(tx, before.entryId)) === 0) throw new Overtaken()
  const entryId = newId<'DrawEntry'>(tx.now)
  const inserted = await tx.run(sql`
    insert into appointments.draw_entry
      (practice, draw_id, entry_id, patient_id, entered_at, wishes, phone, reason, idempotency_key)
    values (${tx.acting.practice}, ${drawId}, ${entryId}, ${tx.acting.patientId},
      ${before?.enteredAt ?? tx.now}, ${JSON.stringify(wishes)}, ${phone}, ${reason},
      ${idempotencyKey})
    on conflict do nothing
  `)
  if (inserted === 0) throw new Overtaken()
  // The new row waited for a draw being run, if one was: then it came too late.
  const draw = await drawById(tx, drawId)
  if (!draw || whyNotOpen(draw, tx.now)) throw new Overtaken()
  await recordEvent(tx, {
    type: 'appointments.draw-entered',
    details: { drawId, entryId, as: tx.acting.as, isChange: before !== undefined },
  })
  return entryId
}

/**
 * Takes the patient acted for out of a draw until it closes. Asked again, the answer is the same.
 */
export async function withdrawFromDraw(
  tx: PatientTx,
  drawId: DrawId,
): Promise<Result<'withdrawn', EnteringRefusal>> {
  const [permissions, draw, entry] = await Promise.all([
    permissionsOf(tx),
    drawById(tx, drawId),
    ownEntry(tx, drawId, tx.acting.patientId),
  ])
  if (permissions.appointments !== 'manage') return refuse('view-only')
  if (!draw) return refuse('not-found')
  const closed = whyNotOpen(draw, tx.now)
  if (closed) return refuse(closed)
  if (!entry) return accept('withdrawn')
  if ((await withdraw(tx, entry.entryId)) === 0) return refuse('closed')
  await recordEvent(tx, {
    type: 'appointments.draw-left',
    details: { drawId, entryId: entry.entryId, as: tx.acting.as },
  })
  return accept('withdrawn')
}

/** How many entries were withdrawn: none where the draw has been run meanwhile. */
function withdraw(tx: PatientTx, entryId: DrawEntryId): Promise<number> {
  return tx.run(sql`
    update appointments.draw_entry
    set withdrawn_at = greatest(entered_at, ${tx.now}::timestamptz)
    where practice = ${tx.acting.practice}
      and entry_id = ${entryId}
      and patient_id = ${tx.acting.patientId}
      and withdrawn_at is null
      and outcome is null
  `)
}

async function entryByKey(tx: PatientTx, key: Id<'DrawForm'>): Promise<DrawEntryId | undefined> {
  const row = await tx.maybe<{ readonly entryId: DrawEntryId }>(sql`
    select entry_id
    from appointments.draw_entry
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and idempotency_key = ${key}
  `)
  return row?.entryId
}
