import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { putItem } from '../../../../test/support/ordered.ts'
import {
  addMedicines,
  aPatient,
  aPractice,
  aStaffMember,
} from '../../../../test/support/surgery.ts'
import {
  decideMove,
  isOpen,
  isSupplied,
  itemMoves,
  type ItemId,
  type ItemMove,
  type ItemState,
  type OrderId,
} from '../domain/item.ts'
import type { MedicationId } from '../domain/medicine.ts'
import { alertKey } from '../domain/queue/alert.ts'
import { ownOrder } from '../queries/orders.ts'
import { answerQuestion } from './answer-question.ts'
import { cancelItem } from './cancel-item.ts'
import { decideItem } from './decide-item.ts'
import { orderMedicines } from './order-medicines.ts'
import { askPatient } from './queue/ask-patient.ts'
import { handOut, type HandOutMove } from './queue/hand-out.ts'
import { receiveItem } from './queue/receive-item.ts'

const day = 86_400_000
const begins = new Date('2028-02-20T09:00:00Z')
/** One supply of each medicine of the histories, and how early the practice allows the next. */
const lasts = [28, 7]
const earlyDays = 7

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await makeDatabase(begins)
  db = database.db
})
afterAll(() => database.drop())

type Deed =
  | { readonly do: 'order'; readonly which: readonly number[]; readonly key: number }
  | { readonly do: 'move'; readonly item: number; readonly move: ItemMove }
type Step =
  | Deed
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'close'; readonly which: number }
  | { readonly do: 'race'; readonly deeds: readonly [Deed, Deed] }

const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constant('order' as const),
    which: fc.array(fc.nat(1), { minLength: 1, maxLength: 2 }),
    key: fc.nat(6),
  }),
  fc.record({
    do: fc.constant('move' as const),
    item: fc.nat(3),
    move: fc.constantFrom(...(Object.keys(itemMoves) as ItemMove[])),
  }),
)
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: aDeed },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('race' as const), deeds: fc.tuple(aDeed, aDeed) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 15 }),
    }),
  },
)

interface Stored {
  readonly itemId: ItemId
  readonly orderId: OrderId
  readonly medicationId: MedicationId
  readonly state: ItemState
  readonly version: number
  readonly requestedAt: Date
  readonly decidedAt?: Date
}
interface StoredStep {
  readonly itemId: ItemId
  readonly version: number
  readonly state: ItemState
}

async function aWorld() {
  database.setNow(begins)
  const practice = await aPractice(db)
  const patient = await aPatient<'prescriptions'>(db, practice)
  const detail = (durationDays: number) => ({ durationDays, lastIssuedOn: '2028-01-01' })
  const ids = await addMedicines(db, practice, patient.patientId, [
    { detail: detail(lasts[0] ?? 0) },
    { title: 'Ramipril 5mg capsules', detail: detail(lasts[1] ?? 0) },
  ])
  const prescriber = await aStaffMember<'decide-prescriptions'>(db, practice, {
    name: 'Dr Okafor',
    roles: ['prescriber'],
  })
  const desk = await aStaffMember<'triage-prescriptions'>(db, practice, {
    name: 'Sam Reed',
    roles: ['receptionist'],
  })
  const keys = Array.from({ length: 7 }, () => newId(begins))
  const read = () =>
    db.transaction(systemProof(practice), async (tx) => ({
      items: await tx.many<Stored>(sql`
        select item_id, order_id, medication_id, state, version, requested_at, decided_at
        from prescriptions.order_item where practice = ${practice} order by item_id limit 100`),
      steps: await tx.many<StoredStep>(sql`
        select item_id, version, state from prescriptions.item_step
        where practice = ${practice} order by item_id, version limit 1000`),
    }))
  return { practice, patient, ids, prescriber, desk, keys, read, ordered: new Set<OrderId>() }
}
type World = Awaited<ReturnType<typeof aWorld>>

async function perform(world: World, deed: Deed): Promise<void> {
  if (deed.do === 'order') {
    const medicationIds = deed.which.map((index) => world.ids[index] ?? newId<'Medication'>(begins))
    const idempotencyKey = world.keys[deed.key] ?? newId(begins)
    const placed = await orderMedicines(db, world.patient.acting, {
      medicationIds,
      note: '',
      idempotencyKey,
    })
    if (placed.ok) world.ordered.add(placed.value)
    return
  }
  const { items } = await world.read()
  const item = items.toReversed()[deed.item]
  if (item) await move(world, item, deed.move)
}

/** Makes a move by the command that is there for it; what comes from outside only where it may. */
async function move(world: World, item: Stored, name: ItemMove): Promise<void> {
  const { patient, prescriber, desk } = world
  const { itemId, version } = item
  const shown = { itemId, version }
  const byDesk = (work: Parameters<typeof db.transaction<typeof desk.acting, unknown>>[1]) =>
    db.transaction(desk.acting, work)
  switch (name) {
    case 'cancel':
      return void (await db.transaction(patient.acting, (tx) => cancelItem(tx, itemId)))
    case 'answer':
      return void (await db.transaction(patient.acting, (tx) => answerQuestion(tx, itemId, 'Yes')))
    case 'receive':
      return void (await byDesk((tx) => receiveItem(tx, shown)))
    case 'ask':
      return void (await byDesk((tx) => askPatient(tx, shown, 'Do you still take it?')))
    case 'approve':
      return db.transaction(prescriber.acting, (tx) => approve(tx, item))
    case 'reject':
      return void (await db.transaction(prescriber.acting, (tx) =>
        decideItem(tx, { ...shown, decision: { move: 'reject', reason: 'too-early' } }),
      ))
    case 'make-ready':
    case 'hand-over':
    case 'give-up':
      return void (await byDesk((tx) => handOut(tx, shown, name satisfies HandOutMove)))
    default: {
      const to = decideMove(item.state, name)
      if (to.ok) await putItem(db, prescriber.acting, itemId, { state: to.value, at: db.now() })
    }
  }
}

/** Approves with every alert seen, as somebody does who has read them. */
async function approve(tx: Parameters<typeof decideItem>[0], { itemId, version }: Stored) {
  const asked = await decideItem(tx, { itemId, version, decision: { move: 'approve' } })
  if (asked.ok || asked.refusal.reason !== 'alerts-unseen') return
  const seen = asked.refusal.alerts.map(alertKey)
  await decideItem(tx, { itemId, version, decision: { move: 'approve', seen } })
}

async function live(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'wait':
      database.setNow(new Date(db.now().getTime() + step.days * day))
      return
    case 'close':
      await db.transaction(systemProof(world.practice), (tx) =>
        tx.run(sql`
          update record.entry set closed_at = ${db.now()}
          where practice = ${world.practice} and entry_id = ${world.ids[step.which]}`),
      )
      return
    case 'race':
      await Promise.all(step.deeds.map((deed) => perform(world, deed)))
      return
    default:
      await perform(world, step)
  }
}

function check(world: World, before: readonly Stored[], now: Awaited<ReturnType<World['read']>>) {
  const { items, steps } = now
  // Nothing is lost.
  expect(items.map((item) => item.itemId)).toEqual(
    expect.arrayContaining(before.map((item) => item.itemId)),
  )
  for (const item of items) {
    const own = steps.filter((step) => step.itemId === item.itemId)
    // Every state was come to by a move of the table, from a request on.
    expect(own[0]?.state).toBe('requested')
    for (const [index, step] of own.slice(1).entries()) {
      const from = own[index]?.state ?? 'requested'
      const rules = Object.values(itemMoves)
      expect(rules.some((rule) => rule.from.includes(from) && rule.to === step.state)).toBe(true)
    }
    expect(own.at(-1)).toMatchObject({ state: item.state, version: item.version })
  }
  for (const [place, id] of world.ids.entries()) {
    const own = items.filter((item) => item.medicationId === id)
    expect(own.filter((item) => isOpen(item.state)).length).toBeLessThanOrEqual(1)
    // None was ordered while a supply that was approved still lasts.
    const fresh = own.filter((item) => !before.some(({ itemId }) => itemId === item.itemId))
    const supplies = before.filter((item) => item.medicationId === id && isSupplied(item.state))
    for (const item of fresh) {
      for (const { decidedAt = item.requestedAt } of supplies) {
        const least = Math.max((lasts[place] ?? 0) - earlyDays, 1) * day
        expect(item.requestedAt.getTime() - decidedAt.getTime()).toBeGreaterThan(least - day)
      }
    }
  }
}

describe('any history of orders, decisions and updates, on a real database', () => {
  test('stays inside the table, loses nothing, and never orders a medicine twice', async () => {
    let placed = 0
    let moved = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(aStep, { minLength: 25, maxLength: 40, size: 'max' }),
        fc.nat(1),
        async (steps, closed) => {
          const world = await aWorld()
          let before: readonly Stored[] = []
          for (const step of [...steps, { do: 'close' as const, which: closed }]) {
            await live(world, step)
            const now = await world.read()
            check(world, before, now)
            before = now.items
          }
          // What was confirmed is there for the patient, whatever the record has done since.
          const shown = await db.transaction(world.patient.acting, async (tx) => {
            const orders = []
            for (const id of world.ordered) orders.push(await ownOrder(tx, id))
            return orders
          })
          expect(shown.flatMap((order) => order?.items ?? [])).toHaveLength(before.length)
          placed += before.length
          moved += before.filter((item) => item.state !== 'requested').length
        },
      ),
      { numRuns: 8 },
    )
    // The histories were histories: things were ordered, and went on.
    expect(placed).toBeGreaterThan(8)
    expect(moved).toBeGreaterThan(4)
  }, 120_000)
})
