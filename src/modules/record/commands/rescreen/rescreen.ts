import { parseId } from '#kernel/id'
import { ageOn, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue, type JobHandler } from '#platform/jobs'
import type { PatientId } from '#modules/directory'
import { rescreened, type Rescreened } from '../../domain/deciding/rescreen.ts'
import { asksForEnhancedReview } from '../../domain/enhanced-review.ts'
import type { StoredEntry } from '../../domain/plan-storing.ts'
import { ruleset } from '../../domain/ruleset.ts'
import { patientsAfter, releasedDocuments } from '../../queries/review/rescreening.ts'
import { lockedPatients, lockRecords, storedEntries } from '../../queries/stored.ts'
import { pickForReading } from '../storing/note-screening.ts'
import { addDecisions } from '../write-entries.ts'

const patientsAtOnce = 20

/**
 * Has a practice's record read again where other rules are in force than it was last read by. Called
 * when the service starts; a second call for the same rules does nothing.
 */
export async function beginRescreening(
  tx: Tx<SystemProof>,
  version = ruleset.version,
): Promise<void> {
  const begun = await tx.run(sql`
    insert into record.ruleset_run (practice, ruleset, started_at)
    values (${tx.acting.practice}, ${version}, ${tx.now})
    on conflict (practice, ruleset) do nothing
  `)
  if (begun > 0) await enqueue(tx, 'record.rescreen', { ruleset: version })
}

/**
 * Reads the next patients again: what rules released and would now hold is held at once; what people
 * released is for a person to read again. Each job ends by asking for the next.
 *
 * Source: DISCLOSURE 5, point 11. Hazard: harmful entry shown under rules that were too weak.
 */
export const rescreenJob: JobHandler = {
  kind: 'record.rescreen',
  run: async (tx, payload) => {
    const after = parseId<'Patient'>(payload['after'])
    const version = String(payload['ruleset'])
    const patientIds = await patientsAfter(tx, after, patientsAtOnce)
    await lockRecords(tx, patientIds)
    const read = await readAgain(tx, patientIds, version)
    const last = patientIds.length < patientsAtOnce
    await tx.run(sql`
      update record.ruleset_run
      set patients = patients + ${patientIds.length}, held = held + ${read.held.length},
        queued = queued + ${read.queued.length},
        finished_at = case when ${last} then ${tx.now}::timestamptz end
      where practice = ${tx.acting.practice}
        and ruleset = ${version}
    `)
    const next = patientIds.at(-1)
    if (!last && next) await enqueue(tx, 'record.rescreen', { ruleset: version, after: next })
  },
}

/** Reads these patients' records again by the rules in force; called under the records' lock. */
export async function readAgain(
  tx: Tx<SystemProof>,
  patientIds: readonly PatientId[],
  version: string = ruleset.version,
): Promise<Rescreened> {
  const today = localDateOf(tx.now)
  const patients = await lockedPatients(tx, patientIds)
  const stored = await storedEntries(tx, patientIds)
  const letters = await releasedDocuments(tx, patientIds)
  const all = patients.map((patient) => {
    const own = (stored.get(patient.patientId) ?? []).map((one) => withContent(one, letters))
    const open = own.filter((one) => !one.isClosed)
    const context = {
      bornOn: patient.bornOn,
      identity: patient,
      clearsText: patient.clearsText,
      today,
      age: ageOn(patient.bornOn, today),
      enhancedReview: asksForEnhancedReview(open.map((one) => one.entry)),
    }
    return { patientId: patient.patientId, ...rescreened(own, context) }
  })
  for (const { patientId, held } of all) await writeHeld(tx, patientId, held, version)
  const queued = all.flatMap((one) => one.queued)
  await pickForReading(
    tx,
    queued.map(({ entryId, contentHash }) => ({ entryId, contentHash })),
    'new-rules',
  )
  return { held: all.flatMap((one) => one.held), queued }
}

function withContent(
  one: StoredEntry,
  letters: Awaited<ReturnType<typeof releasedDocuments>>,
): StoredEntry {
  const content = letters.get(one.entryId)
  return content ? { ...one, entry: { ...one.entry, content } } : one
}

async function writeHeld(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  held: Rescreened['held'],
  version: string,
): Promise<void> {
  if (held.length === 0) return
  await addDecisions(
    tx,
    held.map(({ one, reasons }) => ({
      entryId: one.entryId,
      patientId,
      contentHash: one.contentHash,
      decisionNo: (one.standing?.decisionNo ?? 0) + 1,
      ruleset: version,
      decision: { outcome: 'held', decidedBy: 'ruleset', reasons },
      isGuarded: one.standing?.needsTwo === true,
    })),
  )
  await recordEvent(tx, {
    type: 'record.held-by-new-rules',
    about: patientId,
    details: { entryIds: held.map(({ one }) => one.entryId), ruleset: version },
  })
}
