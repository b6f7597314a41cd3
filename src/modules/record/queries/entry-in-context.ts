import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import { familyOf } from '../domain/family.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import { storedEntries } from './stored.ts'

/** An entry with what must be known to decide about it. Staff only. */
export interface EntryInContext {
  readonly patientId: PatientId
  readonly subject: StoredEntry
  /** What goes with it when it is withheld or held. */
  readonly family: readonly StoredEntry[]
  /** What does not go with it, but is close: linked, or of the same name or code. */
  readonly close: readonly StoredEntry[]
  /** When the latest decision was made. */
  readonly decidedAt?: Date
}

/** An open entry of this practice with its family, or `undefined`. */
export async function entryInContext(
  tx: Tx,
  entryId: Id<'Entry'>,
): Promise<EntryInContext | undefined> {
  const row = await tx.maybe<{ readonly patientId: PatientId; readonly decidedAt?: Date }>(sql`
    select entry.patient_id, max(decision.decided_at) as decided_at
    from record.entry
    left join record.disclosure_decision decision
      on decision.practice = entry.practice
      and decision.entry_id = entry.entry_id
    where entry.practice = ${tx.acting.practice}
      and entry.entry_id = ${entryId}
      and entry.closed_at is null
    group by entry.patient_id
  `)
  if (!row) return undefined
  const stored = (await storedEntries(tx, [row.patientId])).get(row.patientId) ?? []
  const open = stored.filter((one) => !one.isClosed)
  const subject = open.find((one) => one.entryId === entryId)
  if (!subject) return undefined
  const siblings = open.filter((one) => one.source === subject.source)
  const family = familyOf(subject, siblings)
  return { ...row, subject, family, close: closeTo([subject, ...family], open) }
}

function closeTo(
  covered: readonly StoredEntry[],
  open: readonly StoredEntry[],
): readonly StoredEntry[] {
  const inside = new Set(covered)
  const keys = new Set(covered.map((one) => one.entry.sourceKey))
  const linked = new Set(covered.flatMap((one) => (one.entry.links ?? []).map((link) => link.key)))
  const names = new Set(covered.filter(isNamed).map((one) => one.entry.title.toLowerCase()))
  const codes = new Set(
    covered
      .filter(isNamed)
      .flatMap((one) => (one.entry.codings ?? []).map((coding) => coding.code)),
  )
  return open
    .filter(
      (one) =>
        !inside.has(one) &&
        (linked.has(one.entry.sourceKey) ||
          (one.entry.links ?? []).some((link) => keys.has(link.key)) ||
          (isNamed(one) &&
            (names.has(one.entry.title.toLowerCase()) ||
              (one.entry.codings ?? []).some((coding) => codes.has(coding.code))))),
    )
    .slice(0, 50)
}

/** Its title says what it is about, unlike a heading's, a note's or a visit's. */
function isNamed({ entry }: StoredEntry): boolean {
  return !['heading', 'topic', 'note', 'consultation', 'document', 'referral'].includes(entry.kind)
}

/** Whether the patient can be shown it now: released for this content, and not marked by the source. */
export function isShown(one: StoredEntry): boolean {
  return (
    one.standing?.outcome === 'released' &&
    one.isDecided &&
    !one.isClosed &&
    (one.entry.markers ?? []).length === 0
  )
}
