import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { newId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import { openAccess, type IdentityMethod } from '#modules/access'
import type { Patient } from '#modules/directory'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import {
  aDate,
  aPatientWithoutAccount,
  detailsFor,
  issueAtDesk,
  typedFrom,
  usualGrant,
} from '../../../../../test/support/joining.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { presentLinkage, type TypedDetails } from './present-linkage.ts'
import { finishSignUp, linkWithDetails } from './use-linkage.ts'

const password = 'three quiet green kettles'

describe('linkage details', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase(new Date('2026-03-02T08:00:00Z'))
    db = database.db
    practice = await aPractice(db)
  })
  afterAll(() => database.drop())

  const change = (statement: ReturnType<typeof sql>) =>
    db.transaction(systemProof(practice), (tx) => tx.run(statement))
  const trail = async (patient: Patient) =>
    db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly type: string; readonly reason?: string }>(sql`
        select type, details ->> 'reason' as reason
        from audit.event
        where practice = ${practice} and patient_id = ${patient.patientId}
        order by event_id`),
    )
  const signUp = async (typed: TypedDetails, email = `${newId(db.now())}@example.test`) => {
    const token = await presentLinkage(db, typed)
    if (!token.ok) return token
    return finishSignUp(db, practice, token.value, { email, password })
  }

  test('open an account with what the desk gave, once, and the trail says so', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const details = await detailsFor(db, practice, patient)
    const joined = await signUp(typedFrom(practice, patient, details))
    expect(joined).toMatchObject({
      ok: true,
      value: { link: { practice, subjectId: patient.patientId, relation: 'self' } },
    })
    const [opened] = await db.transaction(systemProof(practice), (tx) =>
      tx.many(sql`
        select appointments, prescriptions, record_current, record_historical, identity_method
        from access.association
        where practice = ${practice} and patient_id = ${patient.patientId}`),
    )
    expect(opened).toEqual({ ...usualGrant, identityMethod: 'documents' })
    expect(await signUp(typedFrom(practice, patient, details))).toEqual({
      ok: false,
      refusal: 'already-linked',
    })
    expect((await trail(patient)).map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'registration.linkage-issued',
        'registration.account-linked',
        'access.access-opened',
      ]),
    )
  })

  test('are told apart by what is wrong with them, each in the trail', async () => {
    const expired = () => database.setNow(new Date('2026-04-10T08:00:00Z'))
    const asIssued = (typed: TypedDetails) => typed
    const set = (column: 'left' | 'deceased' | 'sensitive') => (patient: Patient) =>
      change(sql`
        update directory.patient
        set registration = case when ${column}::text = 'sensitive' then registration
            else ${column}::text end,
          is_sensitive = ${column}::text = 'sensitive'
        where practice = ${practice} and patient_id = ${patient.patientId}`)
    const cases: readonly (readonly [
      string,
      (patient: Patient) => unknown,
      (typed: TypedDetails) => TypedDetails,
    ])[] = [
      ['account-not-found', () => undefined, (typed) => ({ ...typed, accountRef: '0000000000' })],
      ['key-does-not-match', () => undefined, (typed) => ({ ...typed, key: 'aaaa-bbbb-cccc' })],
      [
        'name-or-birth-date-does-not-match',
        () => undefined,
        (typed) => ({ ...typed, familyName: 'Smith' }),
      ],
      [
        'name-or-birth-date-does-not-match',
        () => undefined,
        (typed) => ({ ...typed, bornOn: aDate('1944-06-05') }),
      ],
      ['account-archived', (patient) => detailsFor(db, practice, patient), asIssued],
      [
        'same-person-has-account',
        (patient) =>
          db.transaction(systemProof(practice), (tx) =>
            openAccess(tx, {
              ...usualGrant,
              accountId: newId<'Account'>(tx.now),
              patientId: patient.patientId,
              relation: 'self',
              effectiveFrom: tx.now,
            }),
          ),
        asIssued,
      ],
      ['not-registered-here', set('left'), asIssued],
      ['patient-archived', set('deceased'), asIssued],
      ['patient-archived', set('sensitive'), asIssued],
      [
        'practice-not-live',
        () => undefined,
        (typed) => ({ ...typed, practice: 'Z99999' as OdsCode }),
      ],
      ['details-expired', expired, asIssued],
    ]
    for (const [failure, before, typing] of cases) {
      database.setNow(new Date('2026-03-02T08:00:00Z'))
      const patient = await aPatientWithoutAccount(db, practice)
      const details = await detailsFor(db, practice, patient)
      await before(patient)
      const tried = await presentLinkage(db, typing(typedFrom(practice, patient, details)))
      expect(tried, failure).toEqual({ ok: false, refusal: failure })
      if (failure === 'account-not-found' || failure === 'practice-not-live') continue
      expect(await trail(patient)).toContainEqual({
        type: 'registration.linking-refused',
        reason: failure,
      })
    }
    database.setNow(new Date('2026-03-02T08:00:00Z'))
  })

  test('are good to the end of their last day, and not after', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const details = await detailsFor(db, practice, patient)
    const typed = typedFrom(practice, patient, details)
    database.setNow(new Date('2026-03-30T22:59:59Z'))
    expect((await presentLinkage(db, typed)).ok).toBe(true)
    database.setNow(new Date('2026-03-30T23:00:00Z'))
    expect(await presentLinkage(db, typed)).toEqual({ ok: false, refusal: 'details-expired' })
    database.setNow(new Date('2026-03-02T08:00:00Z'))
  })

  test('take a name and a key however they are written', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const details = await detailsFor(db, practice, patient)
    const typed = typedFrom(practice, patient, details)
    const loose = {
      ...typed,
      familyName: "o'NEILL smith",
      key: details.key.toUpperCase().replaceAll('-', ' '),
    }
    expect((await presentLinkage(db, loose)).ok).toBe(true)
  })

  test('are good for nothing after ten wrong tries, even with the right ones', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const typed = typedFrom(practice, patient, await detailsFor(db, practice, patient))
    for (let tries = 0; tries < 10; tries++)
      await presentLinkage(db, { ...typed, key: `aaaa-bbbb-ccc${(tries % 7) + 2}` })
    expect(await presentLinkage(db, typed)).toEqual({ ok: false, refusal: 'too-many-wrong-tries' })
  })

  test('stay unused where the account cannot be named as chosen', async () => {
    const email = `${newId(db.now())}@example.test`
    const [one, other] = [
      await aPatientWithoutAccount(db, practice),
      await aPatientWithoutAccount(db, practice),
    ]
    const mine = typedFrom(practice, one, await detailsFor(db, practice, one))
    const theirs = typedFrom(practice, other, await detailsFor(db, practice, other))
    expect((await signUp(mine, email)).ok).toBe(true)
    expect(await signUp(theirs, email)).toEqual({ ok: false, refusal: 'name-taken' })
    expect((await signUp(theirs)).ok).toBe(true)
  })

  test('two at once with the same details: one account', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const typed = typedFrom(practice, patient, await detailsFor(db, practice, patient))
    const both = await Promise.all([signUp(typed), signUp(typed)])
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
  })

  test('link an account that somebody has already', async () => {
    const [one, other] = [
      await aPatientWithoutAccount(db, practice),
      await aPatientWithoutAccount(db, practice),
    ]
    const first = await signUp(typedFrom(practice, one, await detailsFor(db, practice, one)))
    if (!first.ok) throw new Error('Not signed up')
    const typed = typedFrom(practice, other, await detailsFor(db, practice, other))
    const linked = await linkWithDetails(db, first.value.accountId, typed)
    expect(linked).toMatchObject({ ok: true, value: { link: { subjectId: other.patientId } } })
  })

  test('give no more of the record than was decided beforehand, except by an authoriser', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const older = { ...usualGrant, recordHistorical: 'full' } as const
    expect(await issueAtDesk(db, practice, patient, { grant: older })).toEqual({
      ok: false,
      refusal: 'needs-authoriser',
    })
    const byManager = { grant: older, roles: ['practice-manager'] as const }
    expect((await issueAtDesk(db, practice, patient, byManager)).ok).toBe(true)
  })

  test('never give more than the proof of identity allows, whoever asks', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const asked = (method: IdentityMethod) =>
      issueAtDesk(db, practice, patient, { method, roles: ['practice-manager'] })
    expect(await asked('remote-vouching')).toEqual({ ok: false, refusal: 'above-identity' })
    for (const method of ['documents', 'vouching', 'vouching-with-confirmation'] as const)
      expect((await asked(method)).ok).toBe(true)
    const stored = sql`
      update access.association
      set identity_method = 'remote-vouching', record_current = 'detailed'
      where practice = ${practice}`
    await expect(change(stored)).rejects.toThrow(/capped_by_identity/)
  })

  test.for([
    ['registration', { registration: 'left' }, 'not-registered'],
    ['age', { bornOn: aDate('2013-03-03') }, 'too-young'],
    ['competence', { bornOn: aDate('2011-03-02') }, 'not-competent'],
  ] as const)('are not made against %s', async ([, given, refusal]) => {
    const patient = await aPatientWithoutAccount(db, practice, given)
    const grant = { ...usualGrant, recordCurrent: 'none' } as const
    expect(await issueAtDesk(db, practice, patient, { grant })).toEqual({ ok: false, refusal })
  })
})
