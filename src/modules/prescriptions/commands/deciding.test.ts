import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import {
  addMedicines,
  aPatient,
  aPractice,
  aStaffMember,
} from '../../../../test/support/surgery.ts'
import type { ItemId } from '../domain/item.ts'
import { ownOrders } from '../queries/orders.ts'
import { patientsOnPage, waitingPatients } from '../queries/queue/waiting.ts'
import { practiceRules } from '../queries/rules.ts'
import { requestableMedicines } from '../queries/requests.ts'
import { addPastOrders } from './add-past-orders.ts'
import { cancelItem } from './cancel-item.ts'
import { decideItem, type Decision } from './decide-item.ts'
import { orderMedicines } from './order-medicines.ts'

const now = new Date('2026-04-01T09:00:00Z')
let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await makeDatabase(now)
  db = database.db
})
afterAll(() => database.drop())

type Prescriber = StaffActing<'decide-prescriptions'>

async function aRequest() {
  const practice = await aPractice(db)
  const patient = await aPatient<'prescriptions'>(db, practice)
  const roles = ['prescriber'] as const
  const okafor = await aStaffMember<'decide-prescriptions'>(db, practice, {
    name: 'Dr Okafor',
    roles,
  })
  const lewis = await aStaffMember<'decide-prescriptions'>(db, practice, {
    name: 'Dr Lewis',
    roles,
  })
  const [medicationId] = await addMedicines(db, practice, patient.patientId, [{}])
  if (medicationId === undefined) throw new Error('no medicine')
  const order = { medicationIds: [medicationId], note: '', idempotencyKey: newId(now) }
  const ordered = await orderMedicines(db, patient.acting, order)
  const [waiting] = await queue(practice)
  const itemId = waiting?.items[0]?.itemId
  if (!ordered.ok || itemId === undefined) throw new Error('not ordered')
  return { practice, patient, okafor: okafor.acting, lewis: lewis.acting, medicationId, itemId }
}

async function queue(practice: OdsCode, page = 1) {
  const looking = { name: 'Kim Shaw', roles: ['receptionist'] } as const
  const { acting } = await aStaffMember<'triage-prescriptions'>(db, practice, looking)
  return db.transaction(acting, async (tx) => {
    const { rules } = await practiceRules(tx)
    return (await waitingPatients(tx, page, { rules })).patients
  })
}

const decide = (acting: Prescriber, itemId: ItemId, decision: Decision, version = 1) =>
  db.transaction(acting, (tx) => decideItem(tx, { itemId, version, decision }))

const approve: Decision = { move: 'approve' }
const reject: Decision = {
  move: 'reject',
  reason: 'review-needed',
  patientText: 'Please book a blood test.',
}

async function jobsAndEvents(practice: OdsCode) {
  return db.transaction(systemProof(practice), async (tx) => ({
    jobs: await tx.many<{ readonly payload: { readonly itemId?: string } }>(sql`
      select payload from jobs.job where practice = ${practice} and kind = 'prescriptions.send-decision'
      order by job_id limit 10`),
    events: await tx.many<{
      readonly type: string
      readonly actorKind: string
      readonly patientId: string
    }>(sql`
      select type, actor_kind, patient_id from audit.event
      where practice = ${practice} and type like 'prescriptions.item-%' order by event_id limit 10`),
  }))
}

describe('decideItem', () => {
  test('approves a request, with its event and its job, and takes it off the queue', async () => {
    const { practice, patient, okafor, itemId } = await aRequest()
    expect((await decide(okafor, itemId, approve)).ok).toBe(true)
    expect(await queue(practice)).toEqual([])
    const { jobs, events } = await jobsAndEvents(practice)
    expect(jobs.map((job) => job.payload.itemId)).toEqual([itemId])
    expect(events).toEqual([
      { type: 'prescriptions.item-approved', actorKind: 'staff', patientId: patient.patientId },
    ])
  })

  test('rejects with a reason and words that the patient then reads', async () => {
    const { patient, okafor, itemId } = await aRequest()
    expect((await decide(okafor, itemId, reject)).ok).toBe(true)
    const [order] = await db.transaction(patient.acting, (tx) => ownOrders(tx, 1))
    expect(order?.items[0]).toMatchObject({
      state: 'rejected',
      rejectReason: 'review-needed',
      patientText: 'Please book a blood test.',
    })
  })

  test('lets one of two people deciding at once decide, and tells the other who did and what', async () => {
    for (let round = 0; round < 8; round++) {
      const { practice, okafor, lewis, itemId } = await aRequest()
      const [first, second] = await Promise.all([
        decide(okafor, itemId, approve),
        decide(lewis, itemId, reject),
      ])
      expect([first.ok, second.ok].toSorted()).toEqual([false, true])
      expect(first.ok ? second : first).toMatchObject({
        refusal: first.ok
          ? { reason: 'already-decided', state: 'approved', by: 'Dr Okafor', at: now }
          : { reason: 'already-decided', state: 'rejected', by: 'Dr Lewis', at: now },
      })
      expect((await jobsAndEvents(practice)).jobs).toHaveLength(1)
    }
  })

  test('takes the same decision sent twice by the same person once', async () => {
    const { practice, okafor, itemId } = await aRequest()
    const both = await Promise.all([decide(okafor, itemId, reject), decide(okafor, itemId, reject)])
    const again = await decide(okafor, itemId, reject)
    expect(again.ok).toBe(true)
    expect(both.some((one) => one.ok)).toBe(true)
    expect((await jobsAndEvents(practice)).jobs).toHaveLength(1)
  })

  test('does not turn a decision round', async () => {
    const { okafor, itemId } = await aRequest()
    await decide(okafor, itemId, approve)
    expect(await decide(okafor, itemId, reject)).toMatchObject({
      refusal: { reason: 'already-decided', state: 'approved', by: 'Dr Okafor' },
    })
  })

  test('tells that the patient cancelled', async () => {
    const { patient, okafor, itemId } = await aRequest()
    await db.transaction(patient.acting, (tx) => cancelItem(tx, itemId))
    const refused = await decide(okafor, itemId, approve)
    expect(refused).toMatchObject({ refusal: { reason: 'already-decided', state: 'cancelled' } })
  })

  test('lets either the patient or the practice have it when both act at once', async () => {
    for (let round = 0; round < 8; round++) {
      const { patient, okafor, itemId } = await aRequest()
      const [cancelled, decided] = await Promise.all([
        db.transaction(patient.acting, (tx) => cancelItem(tx, itemId)),
        decide(okafor, itemId, approve),
      ])
      expect([cancelled.ok, decided.ok].toSorted()).toEqual([false, true])
    }
  })

  test('is refused to someone who was shown another version', async () => {
    const { okafor, itemId } = await aRequest()
    expect(await decide(okafor, itemId, approve, 2)).toMatchObject({
      refusal: { reason: 'changed' },
    })
  })

  test('never approves a medicine that the record has stopped since, but can reject it', async () => {
    const { practice, okafor, itemId, medicationId } = await aRequest()
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
      update record.entry set detail = detail || '{"status": "stopped"}'
      where practice = ${practice} and entry_id = ${medicationId}`),
    )
    expect(await decide(okafor, itemId, approve)).toMatchObject({
      refusal: { reason: 'not-current' },
    })
    expect((await decide(okafor, itemId, reject)).ok).toBe(true)
  })

  test('does not know an item of another practice', async () => {
    const { itemId } = await aRequest()
    const other = await aRequest()
    expect(await decide(other.okafor, itemId, approve)).toMatchObject({
      refusal: { reason: 'not-found' },
    })
  })

  test('makes an approved medicine too early until its supply is nearly used', async () => {
    const { patient, okafor, itemId, medicationId } = await aRequest()
    await decide(okafor, itemId, approve)
    const again = { medicationIds: [medicationId], note: '', idempotencyKey: newId(now) }
    expect(await orderMedicines(db, patient.acting, again)).toMatchObject({
      refusal: { faults: [{ why: { reason: 'too-early', from: '2026-04-22' } }] },
    })
  })
})

describe('the queue', () => {
  test('is grouped by patient, the longest wait first, page by page, losing nobody', async () => {
    const practice = await aPractice(db)
    const waits: string[] = []
    for (let index = 0; index < patientsOnPage + 3; index++) {
      const { patientId } = await aPatient<'prescriptions'>(db, practice)
      const keys = await addMedicines(db, practice, patientId, [
        {},
        { title: 'Ramipril 5mg capsules' },
      ])
      waits.unshift(patientId)
      const orderedAt = new Date(now.getTime() - index * 86_400_000)
      const items = keys.map((sourceKey) => ({ sourceKey, state: 'requested' as const }))
      await db.transaction(systemProof(practice), (tx) =>
        addPastOrders(tx, [{ patientId, orderedAt, source: 'test', items }]),
      )
    }
    const first = await queue(practice)
    const second = await queue(practice, 2)
    expect(first).toHaveLength(patientsOnPage + 1)
    const found = [...first.slice(0, patientsOnPage), ...second]
    expect(found.map((patient) => patient.patientId)).toEqual(waits)
    expect(found.every((patient) => patient.items.length === 2)).toBe(true)
    expect(found[0]?.items[0]?.medicine).toMatchObject({
      dose: 'One tablet each morning',
      lastIssuedOn: '2026-03-01',
    })
  })
})

describe('addPastOrders', () => {
  test('adds orders in every state, which patients then see, and refuses an unknown medicine', async () => {
    const practice = await aPractice(db)
    const { patientId, acting } = await aPatient<'prescriptions'>(db, practice)
    const { staffId } = await aStaffMember(db, practice, {
      name: 'Dr Okafor',
      roles: ['prescriber'],
    })
    const [sourceKey = ''] = await addMedicines(db, practice, patientId, [{}])
    const at = (day: string) => new Date(`${day}T10:00:00Z`)
    const order = (
      orderedAt: Date,
      item: Parameters<typeof addPastOrders>[1][number]['items'][number],
    ) => ({
      patientId,
      orderedAt,
      source: 'test',
      items: [item],
    })
    await db.transaction(systemProof(practice), (tx) =>
      addPastOrders(tx, [
        order(at('2026-01-05'), {
          sourceKey,
          state: 'approved',
          decidedAt: at('2026-01-06'),
          decidedBy: staffId,
        }),
        order(at('2026-02-05'), {
          sourceKey,
          state: 'rejected',
          decidedAt: at('2026-02-06'),
          decidedBy: staffId,
          rejectReason: 'too-early',
        }),
        order(at('2026-02-20'), { sourceKey, state: 'cancelled', decidedAt: at('2026-02-20') }),
        order(at('2026-03-25'), { sourceKey, state: 'requested' }),
      ]),
    )
    const orders = await db.transaction(acting, (tx) => ownOrders(tx, 1))
    expect(orders.map((one) => one.items[0]?.state)).toEqual([
      'requested',
      'cancelled',
      'rejected',
      'approved',
    ])
    const [medicine] = await db.transaction(acting, requestableMedicines)
    expect(medicine?.requests).toHaveLength(4)

    const unknown = order(at('2026-03-26'), { sourceKey: 'nothing', state: 'requested' })
    await expect(
      db.transaction(systemProof(practice), (tx) => addPastOrders(tx, [unknown])),
    ).rejects.toThrow('not in the record')
  })
})
