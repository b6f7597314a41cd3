import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, parseId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import {
  addIssue,
  addMedicines,
  aPatient,
  aPractice,
  type MedicineEntry,
} from '../../../../test/support/surgery.ts'
import type { MedicationId } from '../domain/medicine.ts'
import { ownItem, ownOrder, ownOrders } from '../queries/orders.ts'
import { requestableMedicines } from '../queries/requests.ts'
import { cancelItem } from './cancel-item.ts'
import { orderMedicines } from './order-medicines.ts'
import { setOrderRules } from './set-order-rules.ts'

const now = new Date('2026-04-01T09:00:00Z')
let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await makeDatabase(now)
  db = database.db
})
afterAll(() => database.drop())

async function aPatientWith(...medicines: readonly MedicineEntry[]) {
  const practice = await aPractice(db)
  const patient = await aPatient<'prescriptions'>(db, practice)
  const ids = await addMedicines(db, practice, patient.patientId, medicines)
  return { practice, ...patient, ids }
}

type Patient = Awaited<ReturnType<typeof aPatientWith>>

const anOrder = (medicationIds: readonly MedicationId[], note = '') => ({
  medicationIds,
  note,
  idempotencyKey: newId(now),
})

async function written(practice: Patient['practice']) {
  return db.transaction(systemProof(practice), async (tx) => ({
    items: await tx.many<{ readonly state: string; readonly itemId: string }>(sql`
      select item_id, state from prescriptions.order_item where practice = ${practice}
      order by item_id limit 100`),
    orders: await tx.many<{ readonly orderId: string }>(sql`
      select order_id from prescriptions.medicine_order where practice = ${practice}
      order by order_id limit 100`),
    jobs: await tx.many<{ readonly kind: string; readonly payload: object }>(sql`
      select kind, payload from jobs.job where practice = ${practice}
      and kind like 'prescriptions.%' and kind <> 'prescriptions.tell-late' order by job_id limit 100`),
    events: await tx.many<{ readonly type: string; readonly outcome: string }>(sql`
      select type, outcome from audit.event where practice = ${practice}
      and type like 'prescriptions.%' order by event_id limit 100`),
  }))
}

describe('orderMedicines', () => {
  test('writes one order with an item for each medicine, its event and its job', async () => {
    const { acting, ids, practice, patientId } = await aPatientWith(
      {},
      { title: 'Ramipril 5mg capsules' },
    )
    const ordered = await orderMedicines(db, acting, anOrder(ids, 'Going away on Friday'))
    expect(ordered.ok).toBe(true)

    const found = await written(practice)
    expect(found.items.map((item) => item.state)).toEqual(['requested', 'requested'])
    expect(found.jobs).toEqual([
      {
        kind: 'prescriptions.send-received',
        payload: { patientId, orderId: ordered.ok && ordered.value },
      },
    ])
    expect(found.events).toEqual([{ type: 'prescriptions.medicines-ordered', outcome: 'done' }])
  })

  test('gives the first order again for the same key, and writes nothing more', async () => {
    const { acting, ids, practice } = await aPatientWith({})
    const order = anOrder(ids)
    const first = await orderMedicines(db, acting, order)
    const second = await orderMedicines(db, acting, order)
    expect(second).toEqual(first)
    const found = await written(practice)
    expect([found.orders.length, found.items.length, found.jobs.length]).toEqual([1, 1, 1])
  })

  test('makes one order of 32 sent at once with the same key', async () => {
    const { acting, ids, practice } = await aPatientWith({}, { title: 'Ramipril 5mg capsules' })
    const order = anOrder(ids)
    const all = await Promise.all(
      Array.from({ length: 32 }, () => orderMedicines(db, acting, order)),
    )
    expect(new Set(all.map((one) => one.ok && one.value)).size).toBe(1)
    expect(all.every((one) => one.ok)).toBe(true)
    const found = await written(practice)
    expect([found.orders.length, found.items.length, found.jobs.length]).toEqual([1, 2, 1])
  })

  test('makes one order of 32 sent at once with different keys, and tells the rest which is requested', async () => {
    const { acting, ids, practice } = await aPatientWith({}, { title: 'Ramipril 5mg capsules' })
    const all = await Promise.all(
      Array.from({ length: 32 }, (_, index) =>
        orderMedicines(db, acting, anOrder(index % 2 ? ids : ids.toReversed())),
      ),
    )
    expect(all.filter((one) => one.ok)).toHaveLength(1)
    for (const one of all.filter((given) => !given.ok)) {
      expect(one).toMatchObject({
        refusal: {
          faults: [
            { medicine: { name: 'Metformin 500mg tablets' }, why: { reason: 'already-requested' } },
            { medicine: { name: 'Ramipril 5mg capsules' }, why: { reason: 'already-requested' } },
          ],
        },
      })
    }
    const found = await written(practice)
    expect([found.orders.length, found.items.length, found.jobs.length]).toEqual([1, 2, 1])
  })

  test('orders nothing where one of the medicines is too early, and notes the refusal', async () => {
    const { acting, ids, practice } = await aPatientWith(
      {},
      { title: 'Ramipril 5mg capsules', detail: { lastIssuedOn: '2026-03-31' } },
    )
    const refused = await orderMedicines(db, acting, anOrder(ids))
    expect(refused).toMatchObject({
      refusal: { faults: [{ why: { reason: 'too-early', from: '2026-04-21' } }] },
    })
    const found = await written(practice)
    expect(found.items).toEqual([])
    expect(found.events).toEqual([{ type: 'prescriptions.order-refused', outcome: 'refused' }])
  })

  test('answers the same for a held medicine, another patient’s and one that is not there', async () => {
    const { acting, ids, practice } = await aPatientWith({
      title: 'Held 1mg tablets',
      isReleased: false,
    })
    const other = await aPatient<'prescriptions'>(db, practice)
    const [theirs] = await addMedicines(db, practice, other.patientId, [{}])
    const unknown = newId<'Medication'>(now)
    for (const id of [ids[0], theirs, unknown]) {
      const refused = await orderMedicines(db, acting, anOrder(id === undefined ? [] : [id]))
      expect(refused).toEqual({ ok: false, refusal: { reason: 'not-found' } })
    }
  })

  test('is refused to a person who may only look', async () => {
    const practice = await aPractice(db)
    const { patientId, acting } = await aPatient<'prescriptions'>(db, practice, {
      prescriptions: 'view',
    })
    const ids = await addMedicines(db, practice, patientId, [{}])
    const refused = await orderMedicines(db, acting, anOrder(ids))
    expect(refused).toEqual({ ok: false, refusal: { reason: 'view-only' } })
  })

  test('follows the practice’s own early days', async () => {
    const { acting, ids, practice } = await aPatientWith({ detail: { lastIssuedOn: '2026-03-18' } })
    expect((await orderMedicines(db, acting, anOrder(ids))).ok).toBe(false)
    await db.transaction(systemProof(practice), (tx) => setOrderRules(tx, { earlyDays: 14 }))
    expect((await orderMedicines(db, acting, anOrder(ids))).ok).toBe(true)
  })
})

describe('requestableMedicines', () => {
  test('lists what is released and nothing that is held', async () => {
    const { acting } = await aPatientWith({}, { title: 'Held 1mg tablets', isReleased: false })
    const shown = await db.transaction(acting, requestableMedicines)
    expect(shown.map(({ medicine }) => medicine.name)).toEqual(['Metformin 500mg tablets'])
  })

  test('takes the last issue’s day and length from the issues', async () => {
    const { acting, practice, patientId, ids } = await aPatientWith({
      detail: { issuesMade: undefined },
    })
    const medicationKey = String(ids[0])
    await addIssue(db, practice, patientId, {
      medicationKey,
      issuedOn: '2026-03-20',
      durationDays: 56,
    })
    await addIssue(db, practice, patientId, {
      medicationKey,
      issuedOn: '2026-02-20',
      durationDays: 28,
    })
    const [shown] = await db.transaction(acting, requestableMedicines)
    expect(shown?.medicine).toMatchObject({
      lastIssuedOn: '2026-03-20',
      durationDays: 28,
      lastIssueDays: 56,
      issuesMade: 2,
    })
  })

  test('reads a detail that makes no sense as a medicine that cannot be ordered', async () => {
    const detail = {
      type: 'sometimes',
      status: 7,
      durationDays: -3,
      lastIssuedOn: 'last week',
      reviewOn: '2026-02-30',
    }
    const { acting } = await aPatientWith({ detail })
    const [shown] = await db.transaction(acting, requestableMedicines)
    expect(shown?.medicine).toMatchObject({ type: 'acute', status: 'stopped' })
    expect(shown?.medicine.durationDays).toBeUndefined()
    expect(shown?.medicine.lastIssuedOn).toBeUndefined()
    expect(shown?.medicine.reviewDueOn).toBeUndefined()
  })
})

describe('cancelItem', () => {
  async function ordered() {
    const patient = await aPatientWith({})
    await orderMedicines(db, patient.acting, anOrder(patient.ids))
    const { items } = await written(patient.practice)
    const itemId = parseId<'OrderItem'>(items[0]?.itemId ?? '')
    if (itemId === undefined) throw new Error('not ordered')
    return { ...patient, itemId }
  }

  test('cancels a request once, however often it is asked, and lets it be ordered again', async () => {
    const { acting, practice, itemId, ids } = await ordered()
    const first = await db.transaction(acting, (tx) => cancelItem(tx, itemId))
    const again = await db.transaction(acting, (tx) => cancelItem(tx, itemId))
    expect(first.ok).toBe(true)
    expect(again).toEqual(first)
    const { jobs, events } = await written(practice)
    expect(jobs.map((job) => job.kind).toSorted()).toEqual([
      'prescriptions.send-cancellation',
      'prescriptions.send-received',
    ])
    expect(events.map((event) => event.type).toSorted()).toEqual([
      'prescriptions.item-cancelled',
      'prescriptions.medicines-ordered',
    ])
    expect((await orderMedicines(db, acting, anOrder(ids))).ok).toBe(true)
  })

  test('does not know another patient’s item', async () => {
    const { itemId, practice } = await ordered()
    const other = await aPatient<'prescriptions'>(db, practice)
    const refused = await db.transaction(other.acting, (tx) => cancelItem(tx, itemId))
    expect(refused).toEqual({ ok: false, refusal: { reason: 'not-found' } })
  })
})

describe('orders of a medicine that is withheld later', () => {
  test('are not shown, by list or by id, while their other medicines are', async () => {
    const { acting, ids, practice, patientId } = await aPatientWith({ title: 'Later held 1mg' }, {})
    const alone = await orderMedicines(db, acting, anOrder(ids.slice(0, 1)))
    const other = await orderMedicines(db, acting, anOrder(ids.slice(1)))
    if (!alone.ok || !other.ok) throw new Error('not ordered')
    const [item] = (await db.transaction(acting, (tx) => ownOrder(tx, alone.value)))?.items ?? []
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by, ruleset)
      values (${practice}, ${ids[0]}, 2, ${patientId}, 'hash', 'held', ${now}, 'ruleset', 'test')`),
    )

    const orders = await db.transaction(acting, (tx) => ownOrders(tx, 1))
    expect(orders.map((order) => order.orderId)).toEqual([other.value])
    expect(await db.transaction(acting, (tx) => ownOrder(tx, alone.value))).toBeUndefined()
    expect(item && (await db.transaction(acting, (tx) => ownItem(tx, item.itemId)))).toBeUndefined()
  })
})
