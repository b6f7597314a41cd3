import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { joiningProof, sql, systemProof, type Database } from '#platform/db'
import { recordAreas } from '#modules/access'
import type { AccountId } from '#modules/accounts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import { aDate, aProxyFor, storedPatient, usualGrant } from '../../../../../test/support/joining.ts'
import {
  actingFor,
  aPatient,
  aPractice,
  aStaffMember,
} from '../../../../../test/support/surgery.ts'
import type { Inviting, PatientsGrant } from '../../domain/proxies/inviting.ts'
import { openAssociation } from '../../queries/associations.ts'
import { openConcerns } from '../../queries/proxies/concerns.ts'
import { ownInvitations, waitingInvitations } from '../../queries/proxies/invitations.ts'
import { proxiesOfPatient } from '../../queries/proxies/proxies.ts'
import { acceptInvitation, type Accepting } from './accept-invitation.ts'
import { answerInvitation } from './answer-invitation.ts'
import { endLeaver } from './end-proxies.ts'
import { inviteProxy, newInvitationId, withdrawInvitation } from './invite.ts'
import { seeConcern } from './see-concern.ts'
import { setSharingPolicy } from './set-sharing.ts'
import { stopSharingQuietly } from './stop-proxy.ts'

const start = new Date('2026-03-02T08:00:00Z')
const lee: Inviting = {
  givenName: 'Lee',
  familyName: 'O’Hara',
  bornOn: aDate('1980-02-29'),
  relationship: 'friend',
  grant: { ...usualGrant, recordCurrent: 'summary' },
  reach: { areas: recordAreas, subjects: [] },
}

/** DOMAIN PX-1, PX-3, PX-6: a patient grants and ends, as far as the practice leaves it to them. */
describe('a patient who invites somebody', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode
  let patient: Awaited<ReturnType<typeof aPatient<'home'>>>
  let staff: Awaited<ReturnType<typeof aStaffMember<'authorise-access'>>>

  beforeAll(async () => {
    database = await makeDatabase(start)
    db = database.db
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    database.setNow(start)
    practice = await aPractice(db)
    patient = await aPatient<'home'>(db, practice)
    staff = await aStaffMember<'authorise-access'>(db, practice, {
      name: 'Sam Lead',
      roles: ['practice-manager'],
    })
  })

  const leaves = (patientsGrant: PatientsGrant) =>
    db.transaction(staff.acting, (tx) => setSharingPolicy(tx, { patientsGrant, namesStaff: false }))
  const invites = (asked: Inviting = lee, id = newInvitationId(db.now())) =>
    db.transaction(patient.acting, (tx) => inviteProxy(tx, id, asked))
  const codeOf = async (asked?: Inviting) => {
    const made = await invites(asked)
    if (!made.ok) throw new Error(`Not invited: ${made.refusal}`)
    return made.value.code
  }
  const accountId = newId<'Account'>(start)
  const person = { familyName: "O'hara", bornOn: lee.bornOn }
  const types = (code: string, given: Partial<Accepting> = {}) =>
    db.transaction(joiningProof(practice, accountId), (tx) =>
      acceptInvitation(tx, code, { accountId, ownPatientIds: [], person, ...given }),
    )
  const acts = async (who: AccountId = accountId) => {
    const at = { practice, accountId: who, patientId: patient.patientId, now: db.now() }
    const acting = actingFor(practice, patient.patientId, who)
    return (await db.transaction(acting, (tx) => openAssociation(tx, at))) !== undefined
  }
  const waiting = () => db.transaction(staff.acting, waitingInvitations)
  const firstWaiting = async () => {
    const [one] = await waiting()
    if (!one) throw new Error('Nobody waits')
    return one.invitationId
  }
  const proxies = () =>
    db.transaction(staff.acting, (tx) => proxiesOfPatient(tx, patient.patientId))

  test('opens nothing by inviting, nor by the code alone, where staff are to confirm', async () => {
    const code = await codeOf()
    await runJobs(db)
    expect(await acts()).toBe(false)
    expect((await types(code.toUpperCase().replaceAll('-', ' '))).ok).toBe(true)
    await runJobs(db)
    expect(await acts()).toBe(false)
    const id = await firstWaiting()
    const confirmed = { outcome: 'confirmed' } as const
    expect(
      (await db.transaction(staff.acting, (tx) => answerInvitation(tx, id, confirmed))).ok,
    ).toBe(true)
    await runJobs(db)
    expect(await acts()).toBe(true)
    expect(await proxies()).toMatchObject([
      { state: 'allowed', basis: 'consent', evidence: 'patient-online', recordCurrent: 'summary' },
    ])
    expect(await types(code)).toMatchObject({ ok: false })
  })

  test('opens with the code where the practice leaves it to adults, but not for a child', async () => {
    await leaves('alone')
    expect((await types(await codeOf())).ok).toBe(true)
    await runJobs(db)
    expect(await acts()).toBe(true)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update directory.patient set born_on = '2012-01-01'
        where practice = ${practice} and patient_id = ${patient.patientId}`),
    )
    const other = newId<'Account'>(db.now())
    const code = await codeOf()
    await db.transaction(joiningProof(practice, other), (tx) =>
      acceptInvitation(tx, code, { accountId: other, ownPatientIds: [], person }),
    )
    await runJobs(db)
    expect(await acts(other)).toBe(false)
  })

  test('cannot where the practice does not leave it to them, nor give more than they have', async () => {
    await leaves('off')
    expect(await invites()).toMatchObject({ ok: false, refusal: 'practice-does-not-offer' })
    await leaves('confirm')
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update access.association set record_current = 'summary', appointments = 'view'
        where practice = ${practice} and patient_id = ${patient.patientId}`),
    )
    const more = { ...lee, grant: { ...lee.grant, recordCurrent: 'detailed' } } as const
    expect(await invites(more)).toMatchObject({ ok: false, refusal: 'more-than-you-have' })
    expect(await invites()).toMatchObject({ ok: false, refusal: 'more-than-you-have' })
    const within = { ...lee, grant: { ...lee.grant, appointments: 'view' } } as const
    expect(await invites(within)).toMatchObject({ ok: true })
    const child = { ...within, bornOn: aDate('2010-03-03') }
    expect(await invites(child)).toMatchObject({ ok: false, refusal: 'too-young' })
    const past = { ...within, endsOn: aDate('2026-03-01') }
    expect(await invites(past)).toMatchObject({ ok: false, refusal: 'ends-in-the-past' })
  })

  test('is safe from others who have the code, who are told the same of everything', async () => {
    await leaves('alone')
    const code = await codeOf()
    const stranger = { person: { ...person, familyName: 'Grimm' } }
    expect(await types(code, stranger)).toMatchObject({ refusal: 'another-person' })
    expect(await types(code, { person: { ...person, bornOn: aDate('1980-02-28') } })).toMatchObject(
      { refusal: 'another-person' },
    )
    const { person: _, ...unproved } = { accountId, ownPatientIds: [], person }
    const asNobody = await db.transaction(joiningProof(practice, accountId), (tx) =>
      acceptInvitation(tx, code, unproved),
    )
    expect(asNobody).toMatchObject({ refusal: 'not-proved' })
    expect(await types(code, { ownPatientIds: [patient.patientId] })).toMatchObject({
      refusal: 'own',
    })
    for (const _try of [3, 4, 5]) await types(code, stranger)
    expect(await types(code)).toMatchObject({ refusal: 'closed' })
    await runJobs(db)
    expect(await acts()).toBe(false)
  })

  test('is good for a week, to the end of the day, and not once taken back', async () => {
    const code = await codeOf()
    database.setNow(new Date('2026-03-09T23:59:00Z'))
    const last = await types(code)
    expect(last.ok).toBe(true)
    const late = await codeOf()
    database.setNow(new Date('2026-03-17T00:00:00Z'))
    expect(await types(late)).toMatchObject({ refusal: 'run-out' })
    const id = newInvitationId(db.now())
    const made = await invites(lee, id)
    expect(await invites(lee, id)).toMatchObject({ refusal: 'made-already' })
    await db.transaction(patient.acting, (tx) => withdrawInvitation(tx, id))
    expect(made.ok && (await types(made.value.code))).toMatchObject({ refusal: 'closed' })
  })

  test('is refused with a reason that is kept, and told only where staff say so', async () => {
    const code = await codeOf()
    const id = await firstWaiting()
    await db.transaction(staff.acting, (tx) =>
      answerInvitation(tx, id, { outcome: 'refused', reason: 'not-safe', isTold: false }),
    )
    expect(await types(code)).toMatchObject({ refusal: 'closed' })
    expect(await proxies()).toMatchObject([{ state: 'refused', givenName: 'Lee' }])
    await runJobs(db)
    const own = await db.transaction(patient.acting, (tx) => ownInvitations(tx, patient.patientId))
    expect(own).toEqual([])
    const told = await db.transaction(systemProof(practice), (tx) =>
      tx.many(sql`select subject from messages.notice where practice = ${practice}`),
    )
    expect(told).toEqual([])
  })

  test('opens nothing that was given before the patient is not safe, until staff say so again', async () => {
    await leaves('alone')
    expect((await types(await codeOf())).ok).toBe(true)
    const later = await codeOf({ ...lee, givenName: 'Late' })
    await db.transaction(patient.acting, stopSharingQuietly)
    await runJobs(db)
    expect((await types(later)).ok).toBe(true)
    await runJobs(db)
    expect(await acts()).toBe(false)
    const confirms = async () => {
      const id = await firstWaiting()
      return db.transaction(staff.acting, (tx) =>
        answerInvitation(tx, id, { outcome: 'confirmed' }),
      )
    }
    const own = await db.transaction(patient.acting, (tx) => ownInvitations(tx, patient.patientId))
    expect(own).toHaveLength(2)
    expect(await confirms()).toMatchObject({ refusal: 'not-safe-yet' })
    const [concern] = await db.transaction(staff.acting, openConcerns)
    if (!concern) throw new Error('No concern')
    await db.transaction(staff.acting, (tx) => seeConcern(tx, concern.concernId))
    await runJobs(db)
    expect(await acts()).toBe(false)
    database.setNow(new Date('2026-03-02T08:10:00Z'))
    expect(await confirms()).toMatchObject({ ok: true })
    await runJobs(db)
    expect(await acts()).toBe(true)
  })

  test('gives no more than the patient has when it opens, and nothing once they have nothing', async () => {
    await leaves('alone')
    const has = (appointments: string, suspendedAt?: Date) =>
      db.transaction(systemProof(practice), (tx) =>
        tx.run(sql`
          update access.association set appointments = ${appointments},
            suspended_at = ${suspendedAt},
            suspended_why = case when ${suspendedAt}::timestamptz is not null then 'not-safe' end
          where practice = ${practice} and patient_id = ${patient.patientId}
            and relation = 'self'`),
      )
    expect((await types(await codeOf())).ok).toBe(true)
    await has('none')
    await runJobs(db)
    const given = () =>
      db.transaction(systemProof(practice), (tx) =>
        tx.many(sql`
          select appointments, record_current from access.association
          where practice = ${practice} and relation = 'proxy'`),
      )
    expect(await given()).toEqual([{ appointments: 'none', recordCurrent: 'summary' }])
    const other = newId<'Account'>(db.now())
    const code = await codeOf({ ...lee, grant: { ...lee.grant, appointments: 'none' } })
    await db.transaction(joiningProof(practice, other), (tx) =>
      acceptInvitation(tx, code, { accountId: other, ownPatientIds: [], person }),
    )
    await has('none', db.now())
    await runJobs(db)
    expect(await given()).toHaveLength(1)
  })

  test('cannot say in the database that somebody accepted, or that staff confirmed', async () => {
    await codeOf()
    const tries = [
      sql`update access.invitation set accepted_at = made_at`,
      sql`update access.invitation set confirmed_at = made_at`,
      sql`update access.invitation set opened_at = made_at`,
    ]
    for (const attempt of tries)
      await expect(db.transaction(patient.acting, (tx) => tx.run(attempt))).rejects.toThrow(
        /permission denied/,
      )
  })
})

/** DOMAIN PX-11. */
describe('somebody who leaves their employer', () => {
  test('acts for none of its residents from then on, and others of the name still do', async () => {
    const database = await makeDatabase(start)
    const { db } = database
    const practice = await aPractice(db)
    const carer = {
      givenName: 'Jo',
      familyName: 'Marsh',
      relationship: 'care-worker',
      employer: 'Elm House',
      endsOn: aDate('2026-12-31'),
    } as const
    const people = await Promise.all(
      [1, 2].map(async () => {
        const { patientId } = await aPatient(db, practice)
        const stored = await storedPatient(db, practice, patientId)
        return { patientId, proxy: await aProxyFor(db, practice, stored, carer) }
      }),
    )
    const { patientId } = await aPatient(db, practice)
    const stored = await storedPatient(db, practice, patientId)
    const elsewhere = await aProxyFor(db, practice, stored, { ...carer, employer: 'Oak Lodge' })
    const [first] = people
    if (!first) throw new Error('Nobody')
    const ended = await db.transaction(first.proxy.staff.acting, (tx) =>
      endLeaver(tx, first.proxy.proxyId),
    )
    expect(ended).toBe(2)
    const open = (one: { readonly patientId: typeof patientId; readonly accountId: AccountId }) =>
      db.transaction(systemProof(practice), (tx) =>
        tx.many(sql`
          select association_id from access.association
          where practice = ${practice} and patient_id = ${one.patientId}
            and account_id = ${one.accountId} and (ends_at is null or ends_at > ${db.now()})`),
      )
    for (const { patientId: of, proxy } of people)
      expect(await open({ patientId: of, accountId: proxy.accountId })).toEqual([])
    expect(await open({ patientId, accountId: elsewhere.accountId })).toHaveLength(1)
    await database.drop()
  })
})
