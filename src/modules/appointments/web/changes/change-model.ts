import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { rolesOf, type StaffActing } from '#modules/access'
import { sessionsCancelled } from '../../domain/changes/cancel.ts'
import { stateOf, type ChangeId } from '../../domain/changes/change.ts'
import { overlapping } from '../../queries/changes/clashes.ts'
import { clinicSessions } from '../../queries/changes/clinic-sessions.ts'
import { concernedPatients, patientsOf } from '../../queries/changes/concerned.ts'
import { changeById, staffName, type StoredChange } from '../../queries/changes/stored-changes.ts'
import type { ChangeModel } from './change-page.tsx'
import { changeChoices } from './choices.ts'
import { patientRows, type PatientRow } from './patients-model.ts'

type Publishing = Tx<StaffActing<'publish-slots'>>

/** Everything about a change, or `undefined` where there is none. Whom staff see by it is recorded. */
export async function changeModel(
  tx: Publishing,
  changeId: ChangeId,
): Promise<ChangeModel | undefined> {
  const change = await changeById(tx, changeId)
  if (!change) return undefined
  const rows = await rowsOf(tx, change)
  const [choices, roles, madeByName] = await Promise.all([
    changeChoices(tx),
    rolesOf(tx, tx.acting),
    staffName(tx, change.madeBy),
  ])
  await recordEvent(tx, {
    type: 'appointments.clinic-change-viewed',
    details: { changeId, patientIds: [...new Set(rows.map(({ patient }) => patient.patientId))] },
  })
  return { change, rows, choices, roles, madeByName, now: tx.now }
}

async function rowsOf(tx: Publishing, change: StoredChange): Promise<readonly PatientRow[]> {
  switch (stateOf(change)) {
    case 'undone':
      return []
    case 'sent':
      return rowsTold(tx, change)
    case 'waiting':
      return rowsToTell(tx, change)
  }
}

function rowsTold(tx: Publishing, change: StoredChange): Promise<readonly PatientRow[]> {
  const told = change.told ?? []
  return patientsOf(
    tx,
    told.map((one) => one.appointmentId),
  ).then((patients) =>
    patientRows(tx, patients, {
      apart: change.sessionIds,
      outcomes: new Map(told.map((one) => [one.appointmentId, one.outcome])),
      reached: new Set(told.filter((one) => one.isReached).map((one) => one.patientId)),
    }),
  )
}

/** Whoever is booked now, which patients and colleagues may have changed since it was made. */
async function rowsToTell(tx: Publishing, change: StoredChange): Promise<readonly PatientRow[]> {
  const { plan, sessionIds, sendsAt } = change
  const sessions = await clinicSessions(
    tx,
    plan.kind === 'cancel' ? sessionsCancelled(plan, sessionIds) : sessionIds,
  )
  const slotIds =
    plan.kind === 'split'
      ? plan.slotIds
      : sessions.flatMap((session) => session.slots.map((slot) => slot.slotId))
  const patients = await concernedPatients(tx, slotIds)
  const overlaps =
    plan.kind === 'move'
      ? await overlapping(
          tx,
          patients.map((one) => one.appointmentId),
          plan.byMinutes,
        )
      : new Set<string>()
  return patientRows(tx, patients, { apart: sessionIds, sendsAt, overlaps })
}
