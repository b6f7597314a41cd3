import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { patientById, type PatientId } from '#modules/directory'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aDay, aSlotType } from '../../../../../test/support/planning.ts'
import {
  aPatient,
  aPractice,
  aStaffMember,
  anNhsNumber,
} from '../../../../../test/support/surgery.ts'
import { invitationState } from '../../domain/templates/invitation.ts'
import { invitationsTo } from '../../queries/templates/invitations.ts'
import { invitePatients, withdrawInvitation, type Inviting } from './invite-patients.ts'
import { createSlotType } from './save-slot-type.ts'

const now = new Date('2026-03-02T08:00:00Z')

let test$: TestDatabase
let db: Database
let practice: OdsCode
let staff: StaffActing<'publish-slots'>
const type = aSlotType({ invitedOnly: true })

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  const member = await aStaffMember<'publish-slots'>(db, practice, {
    name: 'Sam Reed',
    roles: ['practice-manager'],
  })
  staff = member.acting
  await db.transaction(staff, (tx) => createSlotType(tx, type.slotTypeId, type))
})

async function someone(at = practice): Promise<{ patientId: PatientId; nhsNumber: NhsNumber }> {
  const { patientId } = await aPatient(db, at)
  const patient = await db.transaction(systemProof(at), (tx) => patientById(tx, patientId))
  if (!patient) throw new Error('No patient')
  return { patientId, nhsNumber: patient.nhsNumber }
}

const invite = (given: Partial<Inviting>) =>
  db.transaction(staff, (tx) =>
    invitePatients(tx, {
      slotTypeId: type.slotTypeId,
      patientIds: [],
      nhsNumbers: [],
      kind: 'recall',
      expiresOn: aDay('2026-04-30'),
      ...given,
    }),
  )

async function standing(): Promise<readonly string[]> {
  const found = await db.transaction(staff, (tx) => invitationsTo(tx, type.slotTypeId))
  return found.map((one) => invitationState(one, localDateOf(db.now())))
}

async function told(): Promise<readonly string[]> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly payload: Readonly<Record<string, unknown>> }>(sql`
      select payload
      from jobs.job
      where practice = ${practice}
        and kind = 'appointments.send-invitation'
      order by job_id
    `),
  )
  return rows.map((row) => String(row.payload['patientId']))
}

describe('invitePatients', () => {
  test('invites and tells each once, and says who was not found or was invited before', async () => {
    const [one, two, elsewhere] = [
      await someone(),
      await someone(),
      await someone(await aPractice(db)),
    ]
    const nobody = anNhsNumber()
    const asked = {
      patientIds: [one.patientId],
      nhsNumbers: [one.nhsNumber, two.nhsNumber, elsewhere.nhsNumber, nobody],
    }
    expect(await invite(asked)).toEqual({
      ok: true,
      value: {
        invited: 2,
        already: [],
        notRegistered: [],
        notFound: [elsewhere.nhsNumber, nobody],
      },
    })
    expect((await told()).toSorted()).toEqual([one.patientId, two.patientId].toSorted())
    expect(await invite({ nhsNumbers: [two.nhsNumber] })).toMatchObject({
      value: { invited: 0, already: [two.nhsNumber] },
    })
    expect(await told()).toHaveLength(2)
    expect(await standing()).toEqual(['open', 'open'])
  })

  test('invites nobody twice when two members of staff do it at once', async () => {
    const { nhsNumber } = await someone()
    const both = await Promise.all([1, 2].map(() => invite({ nhsNumbers: [nhsNumber] })))
    const invited = both.map((one) => (one.ok ? one.value.invited : 0))
    expect(invited.toSorted()).toEqual([0, 1])
    expect(await told()).toHaveLength(1)
  })

  test('leaves out who is not registered any more', async () => {
    const { patientId, nhsNumber } = await someone()
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update directory.patient
        set registration = 'left'
        where practice = ${practice}
          and patient_id = ${patientId}
      `),
    )
    expect(await invite({ nhsNumbers: [nhsNumber] })).toMatchObject({
      value: { invited: 0, notRegistered: [nhsNumber], notFound: [] },
    })
    expect(await standing()).toEqual([])
  })

  test('invites anew whose invitation ran out, from the day after its last', async () => {
    const { nhsNumber } = await someone()
    await invite({ nhsNumbers: [nhsNumber], expiresOn: aDay('2026-03-05') })
    test$.setNow(new Date('2026-03-05T23:30:00Z'))
    expect(await invite({ nhsNumbers: [nhsNumber] })).toMatchObject({ value: { invited: 0 } })
    test$.setNow(new Date('2026-03-06T00:30:00Z'))
    expect(await standing()).toEqual(['expired'])
    expect(await invite({ nhsNumbers: [nhsNumber] })).toMatchObject({ value: { invited: 1 } })
    expect(await standing()).toEqual(['open', 'withdrawn'])
  })

  test('refuses a type that is not there', async () => {
    expect(await invite({ slotTypeId: newId<'SlotType'>(now) })).toEqual({
      ok: false,
      refusal: { reason: 'not-found' },
    })
  })
})

describe('withdrawInvitation', () => {
  test('leaves an invitation that was used', async () => {
    const { nhsNumber } = await someone()
    await invite({ nhsNumbers: [nhsNumber] })
    const [first] = await db.transaction(staff, (tx) => invitationsTo(tx, type.slotTypeId))
    if (!first) throw new Error('No invitation')
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.invitation
        set used_at = ${now}
        where practice = ${practice}
          and invitation_id = ${first.invitationId}
      `),
    )
    const withdrawn = await db.transaction(staff, (tx) =>
      withdrawInvitation(tx, type.slotTypeId, first.invitationId),
    )
    expect(withdrawn).toEqual({ ok: true, value: first.invitationId })
    expect(await standing()).toEqual(['used'])
  })

  test('takes back an open invitation once, with its trace on the patient’s trail', async () => {
    const { nhsNumber, patientId } = await someone()
    await invite({ nhsNumbers: [nhsNumber] })
    const [first] = await db.transaction(staff, (tx) => invitationsTo(tx, type.slotTypeId))
    if (!first) throw new Error('No invitation')
    const withdraw = (id = first.invitationId) =>
      db.transaction(staff, (tx) => withdrawInvitation(tx, type.slotTypeId, id))
    expect(await withdraw()).toEqual({ ok: true, value: first.invitationId })
    expect(await withdraw()).toEqual({ ok: true, value: first.invitationId })
    expect(await standing()).toEqual(['withdrawn'])
    const events = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly type: string }>(sql`
        select type
        from audit.event
        where practice = ${practice}
          and patient_id = ${patientId}
        order by type
      `),
    )
    expect(events.map((event) => event.type)).toEqual([
      'access.access-opened',
      'appointments.invitation-withdrawn',
      'appointments.patient-invited',
    ])
    expect(await withdraw(newId<'Invitation'>(now))).toMatchObject({
      refusal: { reason: 'not-found' },
    })
  })
})
