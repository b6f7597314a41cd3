import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import { openAccess } from '#modules/access'
import { savePharmacies } from '#modules/prescriptions'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPharmacy } from '../../../../../test/support/eps-practice.ts'
import { putItem } from '../../../../../test/support/ordered.ts'
import { aPatientVisiting, orderOf } from '../../../../../test/support/prescribing.ts'
import {
  anAccount,
  aPractice,
  aStaffMember,
  type MedicineEntry,
} from '../../../../../test/support/surgery.ts'
import { openPages, signedIn } from '../../../../../test/support/visitor.ts'
import { itemStates } from '../../domain/item.ts'
import { registerPrescriptions } from '../routes.ts'

const morning = new Date('2026-04-01T09:00:00Z')
let database: TestDatabase
let db: Database
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(morning)
  db = database.db
  app = await openPages(db, registerPrescriptions)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

/** A patient who has ordered these medicines, and staff who can move them on. */
async function anOrder(medicines: readonly MedicineEntry[] = [{}], note = '') {
  database.setNow(morning)
  const practice = await aPractice(db)
  const patient = await aPatientVisiting(app, practice, medicines)
  const { patientId, ids: medicine, visitor, signIn } = patient
  const path = await orderOf(visitor, medicine, { note })
  const items = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly itemId: string }>(sql`
      select item_id from prescriptions.order_item where practice = ${practice}
      order by item_id limit 10`),
  )
  const staff = await aStaffMember(db, practice, { name: 'Dr Okafor', roles: ['prescriber'] })
  const [itemId = ''] = items.map((item) => item.itemId)
  const put = (to: Parameters<typeof putItem>[3], id = itemId) => putItem(db, staff.acting, id, to)
  const later = async (now: string) => {
    database.setNow(new Date(now))
    return (await signIn()).get(path)
  }
  return { practice, patientId, own: patient, medicine, visitor, path, itemId, items, put, later }
}

const at = (text: string) => new Date(text)

describe('an order’s page', () => {
  test.each(itemStates.filter((state) => state !== 'requested' && state !== 'cancelled'))(
    'says in words what it means to be %s, when it came to that, and every step before',
    async (state) => {
      const { put, later } = await anOrder()
      await put({
        state,
        at: at('2026-04-02T10:00:00Z'),
        ...(state === 'asked' && { question: 'How often do you take it?' }),
        ...(state === 'rejected' && { rejectReason: 'too-early' }),
      })
      const { words, html } = await later('2026-04-02T12:00:00Z')
      expect(words).toContain('2 April 2026')
      expect(words).toMatch(
        /Requested: waiting for your GP surgery, Wednesday 1 April 2026 at 10:00am .*Thursday 2 April 2026 at 11:00am/,
      )
      expect(html).not.toMatch(/undefined|not-dispensed|ready-partly|with-pharmacy/)
      expect(words.includes('Cancel Metformin')).toBe(false)
    },
  )

  test('says that a medicine is on paper where it could not be sent to its pharmacy', async () => {
    const { practice, put, later } = await anOrder()
    const pharmacy = aPharmacy({ name: 'Canalside Pharmacy' })
    await put({ state: 'approved', at: at('2026-04-01T12:00:00Z') })
    await db.transaction(systemProof(practice), (tx) => savePharmacies(tx, [pharmacy]))
    const { acting } = await aStaffMember(db, practice, { name: 'Sam', roles: ['receptionist'] })
    const read = async (paperReason: string | undefined) => {
      await db.transaction(acting, async (tx) => {
        await tx.run(sql`
          update prescriptions.order_item set paper_reason = ${paperReason}
          where practice = ${practice}`)
        await tx.run(sql`
          update prescriptions.medicine_order
          set destination_kind = 'nominated', destination_ods = ${pharmacy.odsCode}
          where practice = ${practice}`)
      })
      return (await later('2026-04-01T13:00:00Z')).words
    }
    expect(await read(undefined)).toContain('The prescription goes to Canalside Pharmacy.')
    expect(await read('no-drug-code')).toContain(
      'It could not be sent to Canalside Pharmacy, so it is a paper prescription for you to collect from Riverbank Surgery',
    )
  })

  test('tells each medicine’s outcome by itself, and counts them', async () => {
    const { items, put, later } = await anOrder([
      { title: 'Amlodipine 5mg tablets' },
      { title: 'Metformin 500mg tablets' },
      { title: 'Ramipril 5mg capsules' },
    ])
    const [first = '', second = ''] = items.map((item) => item.itemId)
    const noon = at('2026-04-01T12:00:00Z')
    await put({ state: 'approved', at: noon, approvedQuantity: '14 tablets' }, first)
    await put({ state: 'rejected', at: noon, rejectReason: 'hospital-only' }, second)
    const { words } = await later('2026-04-01T13:00:00Z')
    expect(words).toContain(
      'Of 3 medicines: 1 waiting for your GP surgery, 1 approved and on the way, 1 not approved.',
    )
    expect(words).toContain('Your GP surgery approved 14 tablets this time')
    expect(words).toContain('What to do next: Contact the hospital team that looks after you.')
  })

  test.each([
    ['approved', '2026-04-04', '2026-04-05', 'Phone Riverbank Surgery on 0113 496 0000'],
    ['sent', '2026-04-06', '2026-04-07', 'There has been no news of this for some days.'],
    ['ready', '2026-04-23', '2026-04-24', 'Collect this soon'],
  ])('says what to do when it is %s for too long', async (state, before, after, words) => {
    const { put, later } = await anOrder()
    await put({ state, at: at('2026-04-02T10:00:00Z') })
    expect((await later(`${before}T10:00:00Z`)).words).not.toContain(words)
    expect((await later(`${after}T10:00:00Z`)).words).toContain(words)
  })

  test('keeps a medicine that the GP system no longer has, by its name', async () => {
    const { practice, medicine, visitor, path } = await anOrder()
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update record.entry set closed_at = ${at('2026-04-01T10:00:00Z')}
        where practice = ${practice} and entry_id = ${medicine[0]}`),
    )
    const page = await visitor.get(path)
    expect(page.words).toContain('Metformin 500mg tablets One tablet each morning')
    expect(page.words).toContain('no longer has this on your list of medicines')
    expect((await visitor.get('/prescriptions/orders')).words).toContain('Metformin 500mg tablets')
    expect((await visitor.get('/prescriptions')).words).not.toContain('Metformin')
  })

  test.each(['held', 'withheld', 'marked', 'changed'] as const)(
    'does not keep a closed medicine that is %s since',
    async (what) => {
      const { practice, patientId, medicine, visitor, path } = await anOrder()
      const staff = await aStaffMember(db, practice, { name: 'Kim Shaw', roles: ['ig-lead'] })
      const [id] = medicine
      await db.transaction(systemProof(practice), async (tx) => {
        await tx.run(sql`
          update record.entry set closed_at = ${at('2026-04-01T10:00:00Z')}
          where practice = ${practice} and entry_id = ${id}`)
        if (what === 'marked' || what === 'changed') {
          const markers = what === 'marked' ? ['nopat'] : []
          const hash = what === 'changed' ? 'other' : 'hash'
          await tx.run(sql`
            update record.entry set markers = ${markers}, content_hash = ${hash}
            where practice = ${practice} and entry_id = ${id}`)
        } else if (what === 'held') {
          await tx.run(sql`
            insert into record.disclosure_decision (practice, entry_id, decision_no, patient_id,
              content_hash, outcome, decided_at, decided_by, ruleset)
            values (${practice}, ${id}, 2, ${patientId}, 'hash', 'held', ${morning}, 'ruleset', 'test')`)
        } else {
          await tx.run(sql`
            insert into record.disclosure_decision (practice, entry_id, decision_no, patient_id,
              content_hash, outcome, decided_at, decided_by, staff_id, ground, review_on)
            values (${practice}, ${id}, 2, ${patientId}, 'hash', 'withheld', ${morning}, 'staff',
              ${staff.staffId}, 'serious-harm', '2026-07-01')`)
        }
      })
      const gone = await visitor.get(path)
      const unknown = await visitor.get(`/prescriptions/orders/${newId(morning)}`)
      expect([gone.status, gone.html]).toEqual([404, unknown.html])
      expect((await visitor.get('/prescriptions/orders')).html).not.toContain('Metformin')
    },
  )
})

describe('answering the practice', () => {
  test('brings the medicine back to the practice, with the answer to be seen', async () => {
    const { put, visitor, path, itemId } = await anOrder()
    await put({ state: 'asked', at: at('2026-04-01T09:00:00Z'), question: 'Is it <still> sore?' })
    const page = await visitor.get(path)
    expect(page.words).toContain('Your GP surgery has a question for you')
    expect(page.html).toContain(`href="/prescriptions/items/${itemId}/answer"`)

    const asking = await visitor.get(`/prescriptions/items/${itemId}/answer`)
    expect(asking.html).toContain('Is it &lt;still> sore?')
    const empty = await visitor.post(`/prescriptions/items/${itemId}/answer`, { answer: ' ' })
    expect([empty.status, empty.words.includes('Enter your answer')]).toEqual([400, true])
    const long = 'x'.repeat(501)
    const tooLong = await visitor.post(`/prescriptions/items/${itemId}/answer`, { answer: long })
    expect(tooLong.words).toContain('Your answer must be 500 characters or fewer')
    expect(tooLong.html).toContain(long)

    const fields = { answer: 'Only at night' }
    const sent = await visitor.post(`/prescriptions/items/${itemId}/answer`, fields)
    expect([sent.status, sent.location]).toEqual([303, path])
    const after = await visitor.get(path)
    expect(after.words).toContain('Received: your GP surgery is looking at it')
    expect(after.words).toContain('You answered: Only at night')
    const again = await visitor.post(`/prescriptions/items/${itemId}/answer`, fields)
    expect([again.status, again.location]).toEqual([303, path])
    const other = await visitor.post(`/prescriptions/items/${itemId}/answer`, { answer: 'Never' })
    expect([other.status, other.words.includes('Your answer was not sent')]).toEqual([409, true])
  })

  test('is not possible where nothing was asked, nor for someone else', async () => {
    const { visitor, itemId } = await anOrder()
    expect((await visitor.get(`/prescriptions/items/${itemId}/answer`)).status).toBe(409)
    const other = await anOrder()
    expect((await other.visitor.get(`/prescriptions/items/${itemId}/answer`)).status).toBe(404)
    const theirs = await other.visitor.post(`/prescriptions/items/${itemId}/answer`, {
      answer: 'Yes',
    })
    expect(theirs.status).toBe(404)
  })
})

describe('cancelling', () => {
  test('is over once the practice has it in hand, and the page says so', async () => {
    const { put, visitor, itemId, path } = await anOrder()
    await put({ state: 'received', at: at('2026-04-01T09:00:00Z') })
    expect((await visitor.get(path)).html).not.toContain(`/prescriptions/items/${itemId}/cancel`)
    const late = await visitor.post(`/prescriptions/items/${itemId}/cancel`)
    expect(late.status).toBe(409)
    expect(late.words).toContain('Received: your GP surgery is looking at it')
    expect(late.words).toContain('phone your GP surgery')
  })
})

/** DESIGN I-1, I-2: an order says no more of a medicine than its reader is shown. */
describe('an order of a medicine that is not shown whole', () => {
  test('names it by the part that was released, also once the source has it no more', async () => {
    const { practice, patientId, medicine, path, visitor } = await anOrder()
    const okafor = await aStaffMember(db, practice, { name: 'Dr Okafor', roles: ['prescriber'] })
    const copy = JSON.stringify({ title: 'Metformin', detail: { dose: 'As directed' } })
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into record.disclosure_decision
          (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at,
           decided_by, staff_id, patient_copy)
        values (${practice}, ${medicine[0]}, 2, ${patientId}, 'hash', 'released', ${tx.now},
          'staff', ${okafor.staffId}, ${copy})`),
    )
    for (const closedAt of [undefined, db.now()]) {
      await db.transaction(systemProof(practice), (tx) =>
        tx.run(sql`
          update record.entry set closed_at = ${closedAt}
          where practice = ${practice} and entry_id = ${medicine[0]}`),
      )
      for (const { words } of [
        await visitor.get(path),
        await visitor.get('/prescriptions/orders'),
      ]) {
        expect(words).toContain('Metformin')
        expect(words).not.toContain('500mg')
        expect(words).not.toContain('each morning')
      }
    }
  })

  test('is not there for a proxy from whom the patient keeps it, and stays for the patient', async () => {
    const { practice, patientId, medicine, path, visitor, own } = await anOrder()
    const proxy = await aProxy(practice, patientId)
    expect((await proxy.get(path)).words).toContain('Metformin')
    await keepPrivate(own)
    for (const closedAt of [undefined, db.now()]) {
      await db.transaction(systemProof(practice), (tx) =>
        tx.run(sql`
          update record.entry set closed_at = ${closedAt}
          where practice = ${practice} and entry_id = ${medicine[0]}`),
      )
      expect((await proxy.get(path)).status).toBe(404)
      expect((await proxy.get('/prescriptions/orders')).words).toContain('Nothing to show here.')
      expect((await visitor.get(path)).words).toContain('Metformin')
    }
  })

  /** TR-4: of two medicines the patient may keep one, and their note may be about just that. */
  test('shows no note to a proxy from whom the patient keeps anything, and still to the patient', async () => {
    const { practice, patientId, path, visitor, own } = await anOrder([{}], 'Zqnote about both')
    const proxy = await aProxy(practice, patientId)
    expect((await proxy.get(path)).words).toContain('Zqnote about both')
    await keepPrivate(own)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into record.subject_reading (practice, patient_id, read_at)
        values (${practice}, ${patientId}, ${tx.now})`),
    )
    const { words } = await proxy.get(path)
    expect(words).toContain('Metformin')
    expect(words).not.toContain('Zqnote')
    expect((await visitor.get(path)).words).toContain('Zqnote about both')
  })

  /** TR-4: what staff, a pharmacy or the patient wrote of one medicine may name another. */
  test('shows a proxy from whom anything is kept no question, answer or words of staff', async () => {
    const { practice, patientId, path, visitor, own } = await anOrder()
    const proxy = await aProxy(practice, patientId)
    await keepPrivate(own)
    const { acting } = await aStaffMember(db, practice, { name: 'Sam', roles: ['receptionist'] })
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into record.subject_reading (practice, patient_id, read_at)
        values (${practice}, ${patientId}, ${tx.now})`),
    )
    const setItem = (state: string, answer: string | undefined) =>
      db.transaction(acting, (tx) =>
        tx.run(sql`
          update prescriptions.order_item
          set state = ${state}, question = 'Zqasked', asked_at = ${tx.now}, asked_by = ${acting.staffId}, answer = ${answer},
            answered_at = ${answer === undefined ? undefined : tx.now}, patient_text = 'Zqstaff'
          where practice = ${practice}`),
      )
    await setItem('asked', undefined)
    const asked = await proxy.get(path)
    expect(asked.words).toContain('only the patient is shown')
    expect(asked.html).not.toMatch(/Zq|\/answer/)
    const [, item = ''] = /items\/([^/]+)\/answer/.exec((await visitor.get(path)).html) ?? []
    expect((await proxy.get(`/prescriptions/items/${item}/answer`)).status).toBe(409)
    await setItem('requested', 'Zqanswered')
    expect((await proxy.get(path)).words).not.toContain('Zq')
    expect((await proxy.get('/prescriptions/orders')).words).not.toContain('Zq')
    expect((await visitor.get(path)).words).toMatch(/Zqstaff.*Zqasked.*Zqanswered/s)
  })
})

type Ordered = Awaited<ReturnType<typeof anOrder>>

async function aProxy(practice: Ordered['practice'], patientId: Ordered['patientId']) {
  const accountId = await anAccount(db, 'patient', { practice, subjectId: patientId })
  await db.transaction(systemProof(practice), (tx) =>
    openAccess(tx, {
      accountId,
      patientId,
      relation: 'proxy',
      appointments: 'none',
      prescriptions: 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
      effectiveFrom: new Date(0),
    }),
  )
  return signedIn(app, accountId, {
    practice,
    subjectId: patientId,
    relation: 'proxy',
  })
}

async function keepPrivate(own: Ordered['own']): Promise<void> {
  const { practice, patientId } = own.acting
  await db.transaction(own.acting, (tx) =>
    tx.run(sql`
      insert into record.reading_choice
        (practice, choice_id, patient_id, choice, subject, chosen_at, chosen_by)
      values (${practice}, ${newId(tx.now)}, ${patientId}, 'keep-private', 'mental-health',
        ${tx.now}, ${own.accountId})`),
  )
}
