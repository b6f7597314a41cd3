import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import { associationsOfPatient, maySeeContact } from '#modules/access'
import type { Patient } from '#modules/directory'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import {
  aDate,
  aPatientWithoutAccount,
  aProxyFor,
  aProxyToBe,
  detailsFor,
  typedFrom,
  usualGrant,
} from '../../../../../test/support/joining.ts'
import { actingFor, aPractice } from '../../../../../test/support/surgery.ts'
import { noteUse } from '../../../access/commands/proxies/note-use.ts'
import { endOwnProxy, stopSharingQuietly } from '../../../access/commands/proxies/stop-proxy.ts'
import { resumeAccess } from '../../../access/commands/rights/change-services.ts'
import { openAssociation } from '../../../access/queries/associations.ts'
import { ownTrail } from '../../../access/queries/proxies/own-trail.ts'
import { ownProxies } from '../../../access/queries/proxies/proxies.ts'
import { presentLinkage } from './present-linkage.ts'
import { finishSignUp } from './use-linkage.ts'

const start = new Date('2026-03-02T08:00:00Z')
const aParent = {
  relationship: 'parent',
  basis: 'parental-responsibility',
  evidence: 'birth-certificate',
} as const

describe('acting for another', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase(start)
    db = database.db
  })
  afterAll(() => database.drop())

  const aPracticeOfItsOwn = async () => {
    database.setNow(start)
    practice = await aPractice(db)
  }
  const open = ({ acting, accountId }: Awaited<ReturnType<typeof aProxyFor>>) => {
    const { patientId } = acting
    const at = { practice, accountId, patientId, now: db.now() }
    return db.transaction(acting, (tx) => openAssociation(tx, at))
  }
  const mayAct = async (proxy: Awaited<ReturnType<typeof aProxyFor>>) =>
    (await open(proxy)) !== undefined
  /** What the night's work finds when it runs at these times. */
  const nightsAt = async (...times: readonly string[]) => {
    for (const time of times) {
      database.setNow(new Date(time))
      await runJobs(db)
    }
  }
  const why = async (patient: Patient) => {
    const found = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{
        readonly suspendedWhy?: string
        readonly state?: string
        readonly reason?: string
      }>(
        sql`
          select association.suspended_why, proxy.state, proxy.reason
          from access.proxy
          left join access.association
            on association.practice = proxy.practice
            and association.association_id = proxy.association_id
          where proxy.practice = ${practice} and proxy.patient_id = ${patient.patientId}`,
      ),
    )
    return found
  }
  const self = async (patient: Patient) => {
    const typed = typedFrom(practice, patient, await detailsFor(db, practice, patient))
    const token = await presentLinkage(db, typed)
    if (!token.ok) throw new Error('Not begun')
    const joined = await finishSignUp(db, practice, token.value, {
      email: `${patient.patientId}@example.test`,
      password: 'three quiet green kettles',
    })
    if (!joined.ok) throw new Error('Not signed up')
    return actingFor(practice, patient.patientId, joined.value.accountId)
  }

  test('opens with the proxy’s own details what was decided, to its last day and not after', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const proxy = await aProxyFor(db, practice, patient, { endsOn: aDate('2026-03-28') })
    expect(await open(proxy)).toMatchObject({
      relation: 'proxy',
      appointments: 'manage',
      recordCurrent: 'summary',
      recordHistorical: 'none',
    })
    // The clocks go forward in the night after the last day.
    database.setNow(new Date('2026-03-28T23:59:00Z'))
    expect(await mayAct(proxy)).toBe(true)
    database.setNow(new Date('2026-03-29T00:00:00Z'))
    expect(await mayAct(proxy)).toBe(false)
    await nightsAt('2026-03-29T04:00:00Z')
    expect(await why(patient)).toMatchObject([{ state: 'ended', reason: 'time' }])
  })

  test('is told before its end, once: to the patient, and to who acts', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    await aProxyFor(db, practice, patient, { endsOn: aDate('2026-04-30') })
    const told = async () => {
      const rows = await db.transaction(systemProof(practice), (tx) =>
        tx.many(sql`
          select subject from messages.notice
          where practice = ${practice} and patient_id = ${patient.patientId}
            and subject like '%ends soon'`),
      )
      return rows.length
    }
    await nightsAt('2026-03-30T04:00:00Z')
    expect(await told()).toBe(0)
    await nightsAt('2026-03-31T04:00:00Z', '2026-04-01T04:00:00Z', '2026-04-02T04:00:00Z')
    expect(await told()).toBe(2)
  })

  test.for([
    ['the eleventh', '2015-06-10', '2026-06-10', 'age-review'],
    ['the eleventh, of a child born on 29 February,', '2016-02-29', '2027-03-01', 'age-review'],
  ] as const)(
    'is suspended on %s birthday, at midnight in England',
    async ([, born, on, reason]) => {
      await aPracticeOfItsOwn()
      const patient = await aPatientWithoutAccount(db, practice, { bornOn: aDate(born) })
      const proxy = await aProxyFor(db, practice, patient, aParent)
      const dayBefore = new Date(Date.parse(`${on}T00:00:00Z`) - 3 * 3_600_000).toISOString()
      await nightsAt('2026-04-01T12:00:00Z', dayBefore)
      expect(await mayAct(proxy)).toBe(true)
      await nightsAt(`${on}T00:10:00Z`)
      expect(await mayAct(proxy)).toBe(false)
      expect(await why(patient)).toMatchObject([{ suspendedWhy: reason, state: 'allowed' }])
    },
  )

  test('is caught up with after nothing ran for years, and at 16 stays suspended once looked at', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice, { bornOn: aDate('2012-05-05') })
    const proxy = await aProxyFor(db, practice, patient, aParent)
    await nightsAt('2028-07-01T12:00:00Z')
    expect(await why(patient)).toMatchObject([{ suspendedWhy: 'sixteen' }])
    const [association] = await db.transaction(systemProof(practice), (tx) =>
      associationsOfPatient(tx, patient.patientId),
    )
    if (!association) throw new Error('Not there')
    const at = { patientId: patient.patientId, ...association }
    const alone = await db.transaction(proxy.staff.acting, (tx) => resumeAccess(tx, at))
    expect(alone).toMatchObject({ ok: false, refusal: 'consent-needed-from-16' })
    expect(await mayAct(proxy)).toBe(false)
    await db.transaction(proxy.staff.acting, (tx) => resumeAccess(tx, at, 'patient-in-person'))
    await nightsAt('2028-07-02T12:00:00Z', '2028-07-03T12:00:00Z')
    expect(await mayAct(proxy)).toBe(true)
  })

  test('is removed after five years without use, and use puts that off', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const used = await aProxyFor(db, practice, patient)
    const unused = await aProxyFor(db, practice, patient)
    database.setNow(new Date('2028-01-01T12:00:00Z'))
    const association = await open(used)
    if (!association) throw new Error('Not open')
    await db.transaction(used.acting, (tx) => noteUse(tx, practice, association, tx.now))
    await nightsAt('2031-03-01T12:00:00Z')
    expect([await mayAct(used), await mayAct(unused)]).toEqual([true, true])
    await nightsAt('2031-03-02T12:00:00Z')
    expect([await mayAct(used), await mayAct(unused)]).toEqual([true, false])
    await nightsAt('2033-01-01T12:00:00Z')
    expect(await mayAct(used)).toBe(false)
  })

  test('is ended by the patient with one press, for one of several', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const acting = await self(patient)
    const [one, other] = [
      await aProxyFor(db, practice, patient),
      await aProxyFor(db, practice, patient, { givenName: 'Jo' }),
    ]
    expect(await db.transaction(acting, (tx) => endOwnProxy(tx, one.proxyId))).toBe(true)
    expect([await mayAct(one), await mayAct(other)]).toEqual([false, true])
    const left = await db.transaction(acting, (tx) => ownProxies(tx, patient.patientId))
    expect(left.map(({ givenName }) => givenName)).toEqual(['Jo'])
  })

  test('cannot be ended, seen or resumed by another proxy', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const [one, other] = [
      await aProxyFor(db, practice, patient),
      await aProxyFor(db, practice, patient),
    ]
    const seen = await db.transaction(one.acting, (tx) => ownProxies(tx, patient.patientId))
    expect(seen.map(({ proxyId }) => proxyId)).toEqual([one.proxyId])
    expect(await db.transaction(one.acting, (tx) => endOwnProxy(tx, other.proxyId))).toBe(false)
    await db.transaction(one.acting, stopSharingQuietly)
    expect([await mayAct(one), await mayAct(other)]).toEqual([true, true])
    expect(await db.transaction(one.acting, (tx) => ownTrail(tx, 1))).toEqual([])
  })

  /** DOMAIN CO-3. */
  test('stops at once for everybody when the patient does not feel safe, and nothing tells of it', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const acting = await self(patient)
    const proxies = [await aProxyFor(db, practice, patient), await aProxyFor(db, practice, patient)]
    await runJobs(db)
    const shown = async () => ({
      proxies: await db.transaction(acting, (tx) => ownProxies(tx, patient.patientId)),
      trail: await db.transaction(acting, (tx) => ownTrail(tx, 1)),
      notices: await db.transaction(systemProof(practice), (tx) =>
        tx.many(sql`
          select subject from messages.notice
          where practice = ${practice} and patient_id = ${patient.patientId}`),
      ),
    })
    const before = await shown()
    await db.transaction(acting, stopSharingQuietly)
    await db.transaction(acting, stopSharingQuietly)
    await runJobs(db)
    for (const proxy of proxies) expect(await mayAct(proxy)).toBe(false)
    expect(await shown()).toEqual(before)
    const concerns = await db.transaction(systemProof(practice), (tx) =>
      tx.many(sql`select patient_id from access.concern where practice = ${practice}`),
    )
    expect(concerns).toEqual([{ patientId: patient.patientId }])
    // The patient's own role can stop others, and start nobody again.
    await expect(
      db.transaction(acting, (tx) =>
        tx.run(sql`
          update access.association set suspended_at = null, suspended_why = null
          where practice = ${practice} and patient_id = ${patient.patientId}`),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('begins for nobody by details that were given out before the patient was not safe', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const acting = await self(patient)
    const { typed } = await aProxyToBe(db, practice, patient)
    const begun = await presentLinkage(db, typed)
    if (!begun.ok) throw new Error('Not begun')
    await db.transaction(acting, stopSharingQuietly)
    expect(await presentLinkage(db, typed)).toMatchObject({ refusal: 'account-archived' })
    const joined = await finishSignUp(db, practice, begun.value, {
      email: 'held@example.test',
      password: 'three quiet green kettles',
    })
    expect(joined).toMatchObject({ ok: false, refusal: 'account-archived' })
  })

  /** DOMAIN PX-9. */
  test('shows how to reach the patient only to a proxy for whom that was decided', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const sees = async (seesContact: boolean) => {
      const { acting } = await aProxyFor(db, practice, patient, { seesContact })
      return db.transaction({ ...acting, as: 'proxy' as const }, (tx) => maySeeContact(tx))
    }
    expect([await sees(false), await sees(true)]).toEqual([false, true])
  })

  test('lets a proxy’s own weak proof of identity open no more than the summary', async () => {
    await aPracticeOfItsOwn()
    const patient = await aPatientWithoutAccount(db, practice)
    const proxy = await aProxyFor(db, practice, patient, {
      grant: { ...usualGrant, recordCurrent: 'full' },
    })
    expect(await open(proxy)).toMatchObject({ recordCurrent: 'full' })
    await expect(
      db.transaction(systemProof(practice), (tx) =>
        tx.run(sql`
          update access.association set identity_method = 'remote-vouching'
          where practice = ${practice} and account_id = ${proxy.accountId}`),
      ),
    ).rejects.toThrow(/capped_by_identity/)
  })
})
