import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Allotted, DrawId, DrawInputs, WhyUnplaced } from '../../domain/draw/allot.ts'
import type { SlotId } from '../../domain/slot.ts'

/** A draw that is over: the secret that decided it, and everything that it was allotted from. */
export interface DrawnRecord {
  readonly seed: string
  readonly inputs: Readonly<DrawInputs>
}

/** What a drawn draw recorded, for staff; `undefined` until it is drawn. */
export function drawnRecord(tx: Tx, drawId: DrawId): Promise<DrawnRecord | undefined> {
  return tx.maybe<DrawnRecord>(sql`
    select seed, inputs
    from appointments.drawn
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
  `)
}

/** What became of an entry, as stored. */
export interface StoredResult {
  readonly entryId: Id<'DrawEntry'>
  readonly patientId: Id<'Patient'>
  readonly givenName: string
  readonly familyName: string
  readonly slotId?: SlotId
  readonly startsAt?: Date
  readonly whyUnplaced?: WhyUnplaced
}

/** What became of every entry that stood, by entry. */
export function storedResults(tx: Tx, drawId: DrawId): Promise<readonly StoredResult[]> {
  return tx.many<StoredResult>(sql`
    select entry.entry_id, entry.patient_id, patient.given_name, patient.family_name, entry.slot_id,
      slot.starts_at, entry.why_unplaced
    from appointments.draw_entry entry
    join directory.patient
      on patient.practice = entry.practice
      and patient.patient_id = entry.patient_id
    left join appointments.slot
      on slot.practice = entry.practice
      and slot.slot_id = entry.slot_id
    where entry.practice = ${tx.acting.practice}
      and entry.draw_id = ${drawId}
      and entry.withdrawn_at is null
    order by entry.entry_id
    limit 5000
  `)
}

/**
 * Entries whose stored result is not the one that follows from seed and inputs; none where all is as
 * it should be. An entry that is in neither the inputs nor placed was of someone who had left.
 */
export function differences(
  computed: readonly Allotted[],
  stored: readonly Pick<StoredResult, 'entryId' | 'slotId' | 'whyUnplaced'>[],
): readonly string[] {
  const byEntry = new Map(computed.map((one) => [one.entryId, one]))
  const wrong = stored.filter(({ entryId, slotId, whyUnplaced }) => {
    const one = byEntry.get(entryId)
    if (!one) return slotId !== undefined
    return one.slotId !== slotId || one.whyUnplaced !== whyUnplaced
  })
  const known = new Set<string>(stored.map((one) => one.entryId))
  const lost = computed.filter((one) => !known.has(one.entryId))
  return [...wrong, ...lost].map((one) => one.entryId)
}
