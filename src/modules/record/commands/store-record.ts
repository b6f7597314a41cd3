import { newId, type Id } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { SystemProof, Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { IncomingRecord } from '../domain/entry.ts'
import { planStoring, type StoredEntry, type StoringPlan } from '../domain/plan-storing.ts'
import { ruleset } from '../domain/ruleset.ts'
import { lockedPatients, lockRecords, storedEntries } from '../queries/stored.ts'
import { withWordsOfDocuments } from './storing/read-documents.ts'
import { forgetSubjects } from './reading/read-subjects.ts'
import { raiseAccessTask } from './deciding/access-task.ts'
import { noteScreening } from './storing/note-screening.ts'
import {
  addDecisions,
  moveAndClose,
  writeEntries,
  writeSections,
  type DecisionToAdd,
  type EntryToWrite,
} from './write-entries.ts'

/**
 * What became of a record's entries. `stored + updated + unchanged` is how many came in; `closed`
 * are those the source no longer has. `released` and `held` count the decisions made this time, those
 * about entries of other sources included.
 */
export interface StoreReport {
  readonly stored: number
  readonly updated: number
  readonly unchanged: number
  readonly closed: number
  readonly released: number
  readonly held: number
}

/** A record and whose it is. */
export interface PatientRecord {
  readonly patientId: PatientId
  readonly record: IncomingRecord
}

const entriesAtOnce = 5_000

/**
 * Stores all or part of a patient's record from one source and decides, in the same transaction,
 * what of it may be shown. What is unchanged is untouched; what changed is decided again; what a
 * whole record no longer holds is closed. Throws where the patient is not this practice's.
 */
export async function storeRecord(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  record: IncomingRecord,
): Promise<StoreReport> {
  return storeRecords(tx, [{ patientId, record }])
}

/** As `storeRecord`, for any number of patients; the counts are for all of them. */
export async function storeRecords(
  tx: Tx<SystemProof>,
  records: readonly PatientRecord[],
): Promise<StoreReport> {
  let total: StoreReport = { stored: 0, updated: 0, unchanged: 0, closed: 0, released: 0, held: 0 }
  for (const batch of batches(records)) total = sum(total, await storeBatch(tx, batch))
  return total
}

/** Few enough entries for one statement, and no patient twice in one. */
function* batches(records: readonly PatientRecord[]): Generator<readonly PatientRecord[]> {
  let batch = new Map<PatientId, PatientRecord>()
  let entries = 0
  for (const one of records) {
    if (
      batch.size > 0 &&
      (batch.has(one.patientId) || entries + one.record.entries.length > entriesAtOnce)
    ) {
      yield [...batch.values()]
      batch = new Map()
      entries = 0
    }
    batch.set(one.patientId, one)
    entries += one.record.entries.length
  }
  if (batch.size > 0) yield [...batch.values()]
}

async function storeBatch(
  tx: Tx<SystemProof>,
  given: readonly PatientRecord[],
): Promise<StoreReport> {
  const batch: PatientRecord[] = []
  for (const { patientId, record } of given)
    batch.push({ patientId, record: await withWordsOfDocuments(record) })
  const patientIds = batch.map((one) => one.patientId)
  await lockRecords(tx, patientIds)
  const patients = new Map(
    (await lockedPatients(tx, patientIds)).map((patient) => [patient.patientId, patient]),
  )
  const stored = await storedEntries(tx, patientIds)
  const today = localDateOf(tx.now)

  const work = batch.map(({ patientId, record }) => {
    const patient = patients.get(patientId)
    if (!patient)
      throw new Error('A record was given for someone who is not a patient of this practice')
    const plan = planStoring(record, stored.get(patientId) ?? [], {
      bornOn: patient.bornOn,
      today,
      identity: patient,
      clearsText: patient.clearsText,
    })
    return { patientId, record, plan, rows: rowsOf(tx.now, patientId, record, plan) }
  })

  await writeEntries(
    tx,
    work.flatMap((one) => one.rows.entries),
  )
  const decisions = work.flatMap((one) => one.rows.decisions)
  await addDecisions(tx, decisions)
  const written = new Map(
    work.flatMap((one) => one.rows.entries).map((one) => [one.entryId, one.entry]),
  )
  await noteScreening(tx, decisions, (one) => written.get(one.entryId))
  await moveAndClose(
    tx,
    work.flatMap((one) => one.plan.moved),
    work.flatMap((one) => one.plan.closed),
  )
  await forgetSubjects(tx, patientIds)

  let total: StoreReport = { stored: 0, updated: 0, unchanged: 0, closed: 0, released: 0, held: 0 }
  for (const { patientId, record, plan } of work) {
    await writeSections(tx, patientId, record)
    if (plan.asksForReview) await raiseAccessTask(tx, patientId)
    const report = reportOf(plan)
    await recordEvent(tx, {
      type: 'record.record-stored',
      about: patientId,
      details: { source: record.source, ...report },
    })
    total = sum(total, report)
  }
  return total
}

function rowsOf(now: Date, patientId: PatientId, record: IncomingRecord, plan: StoringPlan) {
  const ids = new Map<string, Id<'Entry'>>()
  const entries = [...plan.written].map(([key, { entry, contentHash }]): EntryToWrite => {
    const entryId = plan.known.get(key)?.entryId ?? newId<'Entry'>(now)
    ids.set(key, entryId)
    return { entryId, patientId, source: record.source, entry, contentHash }
  })
  const decisions = [...plan.decisions].map(([key, decision]): DecisionToAdd => {
    const before: StoredEntry | undefined = plan.known.get(key)
    const entryId = ids.get(key) ?? before?.entryId
    const contentHash = plan.written.get(key)?.contentHash ?? before?.contentHash
    if (!entryId || !contentHash) throw new Error('A decision was made about no entry')
    const decisionNo = (before?.standing?.decisionNo ?? 0) + 1
    const isGuarded = before?.standing?.needsTwo === true && before.contentHash === contentHash
    const { version } = ruleset
    return { entryId, patientId, contentHash, decisionNo, ruleset: version, decision, isGuarded }
  })
  const elsewhere = plan.elsewhere.map(({ one, decision }): DecisionToAdd => {
    const { entryId, contentHash } = one
    const decisionNo = (one.standing?.decisionNo ?? 0) + 1
    return { entryId, patientId, contentHash, decisionNo, ruleset: ruleset.version, decision }
  })
  return { entries, decisions: [...decisions, ...elsewhere] }
}

function reportOf(plan: StoringPlan): StoreReport {
  const elsewhere = plan.elsewhere.map((one) => one.decision)
  const outcomes = [...plan.decisions.values(), ...elsewhere].map((decision) => decision.outcome)
  const released = outcomes.filter((outcome) => outcome === 'released').length
  return { ...plan.counts, closed: plan.closed.length, released, held: outcomes.length - released }
}

function sum(a: StoreReport, b: StoreReport): StoreReport {
  return {
    stored: a.stored + b.stored,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    closed: a.closed + b.closed,
    released: a.released + b.released,
    held: a.held + b.held,
  }
}
