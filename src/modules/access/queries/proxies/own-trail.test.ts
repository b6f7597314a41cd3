import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Database } from '#platform/db'
import type { Role } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aProxyFor, storedPatient } from '../../../../../test/support/joining.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { setSharingPolicy } from '../../commands/proxies/set-sharing.ts'
import { stopSharingQuietly } from '../../commands/proxies/stop-proxy.ts'
import { trailWords } from '../../domain/proxies/trail-words.ts'
import { ownTrail } from './own-trail.ts'

/** DOMAIN AU-4, CO-3. */
describe('who looked, as the patient reads it', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode
  let patient: Awaited<ReturnType<typeof aPatient<'home'>>>

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    practice = await aPractice(db)
    patient = await aPatient<'home'>(db, practice)
  })

  const looks = async (role: Role, type: `${string}.${string}`, details = {}) => {
    const { acting } = await aStaffMember(db, practice, { name: `Sam ${role}`, roles: [role] })
    await db.transaction(acting, (tx) =>
      recordEvent(tx, { type, about: patient.patientId, details }),
    )
  }
  const seen = async () => {
    const found = await db.transaction(patient.acting, (tx) => ownTrail(tx, 1))
    return found.map((event) => ({ ...event, at: undefined }))
  }
  const started = async () => (await seen()).length

  test('shows staff by their work, and by name only where the practice wants it', async () => {
    await looks('receptionist', 'practice.patient-viewed')
    expect(await seen()).toContainEqual({
      type: 'practice.patient-viewed',
      actorKind: 'staff',
      jobTitle: 'Staff',
    })
    const { acting } = await aStaffMember(db, practice, {
      name: 'Sam Lead',
      roles: ['practice-manager'],
    })
    await db.transaction(acting, (tx) =>
      setSharingPolicy(tx, { patientsGrant: 'confirm', namesStaff: true }),
    )
    expect(await seen()).toContainEqual(
      expect.objectContaining({ staffName: 'Sam receptionist', jobTitle: 'Staff' }),
    )
  })

  test('names those who act for the patient, from signing up on', async () => {
    const stored = await storedPatient(db, practice, patient.patientId)
    const proxy = await aProxyFor(db, practice, stored)
    const actor = { kind: 'proxy', id: proxy.accountId } as const
    await db.transaction({ ...proxy.acting, actor }, (tx) =>
      recordEvent(tx, { type: 'record.overview-viewed', about: patient.patientId }),
    )
    const named = { actorKind: 'proxy', proxyGivenName: 'Mo', proxyFamilyName: 'Khan' }
    expect(await seen()).toContainEqual(
      expect.objectContaining({ type: 'record.overview-viewed', ...named }),
    )
    expect(await seen()).toContainEqual(
      expect.objectContaining({ type: 'registration.account-linked', ...named }),
    )
  })

  test('leaves out the safeguarding lead, quiet changes, decisions and kinds nobody allowed', async () => {
    const before = await started()
    await looks('safeguarding-lead', 'record.record-viewed')
    await looks('clinician', 'access.services-changed', { isQuiet: true })
    await looks('clinician', 'access.access-suspended')
    await looks('clinician', 'record.entry-withheld')
    await looks('clinician', 'record.something-new')
    await looks('receptionist', 'directory.contact-said')
    await looks('receptionist', 'access.proxy-refused')
    expect(await started()).toBe(before)
    await looks('clinician', 'record.record-viewed')
    expect(await started()).toBe(before + 1)
  })

  test('has no trace of a quiet stop, nor of what staff do about it for a month', async () => {
    await looks('receptionist', 'registration.online-viewed')
    const before = await seen()
    await db.transaction(patient.acting, stopSharingQuietly)
    database.setNow(minutesAfter(db.now(), 5))
    await looks('practice-manager', 'access.association-viewed')
    await looks('practice-manager', 'registration.online-viewed')
    await looks('practice-manager', 'practice.patient-viewed')
    expect(await seen()).toEqual(before)
    await looks('clinician', 'record.record-viewed')
    expect(await seen()).toHaveLength(before.length + 1)
  })

  test('has words for each kind that the database shows, and for no other', async () => {
    const [view] = await db.transaction(patient.acting, (tx) =>
      tx.many<{ readonly words: string }>(
        sql`select pg_get_viewdef('access.published_own_trail'::regclass) as words`,
      ),
    )
    const kinds = Object.keys(trailWords)
    const listed = /'\{([^}]*)\}'::text\[\]/.exec(view?.words ?? '')?.[1] ?? ''
    const shown = listed.split(',').map((kind) => kind.trim())
    expect(shown.toSorted()).toEqual(kinds.toSorted())
    for (const words of Object.values(trailWords))
      expect(words).not.toMatch(/safe|concern|hold|withh/i)
  })
})
