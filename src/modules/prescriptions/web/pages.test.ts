import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import { setPracticeServices, type Role, type ServiceLevel } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import {
  aPatientVisiting as patientVisiting,
  orderOf,
  staffVisiting as someStaffVisiting,
} from '../../../../test/support/prescribing.ts'
import { aPractice, type MedicineEntry } from '../../../../test/support/surgery.ts'
import { hiddenField, openPages, type Visitor } from '../../../../test/support/visitor.ts'
import { registerPrescriptions } from './routes.ts'

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

async function aPatientVisiting(
  medicines: readonly MedicineEntry[],
  given: { readonly prescriptions?: ServiceLevel; readonly practice?: OdsCode } = {},
) {
  database.setNow(morning)
  return patientVisiting(app, given.practice ?? (await aPractice(db)), medicines, given)
}

const staffVisiting = async (practice: OdsCode, name: string, roles: readonly Role[]) =>
  (await someStaffVisiting(app, practice, name, roles)).visitor

const order = (visitor: Visitor, medicine: readonly string[], note = '') =>
  orderOf(visitor, medicine, { note })

describe('a patient’s medicines', () => {
  test('are listed with what can be ordered, what cannot yet and from when, and the rest apart', async () => {
    const { visitor } = await aPatientVisiting([
      { title: 'Metformin 500mg tablets' },
      { title: 'Ramipril 5mg capsules', detail: { lastIssuedOn: '2026-03-20' } },
      { title: 'Amoxicillin 500mg capsules', detail: { type: 'acute' } },
      { title: 'Simvastatin 40mg tablets', detail: { type: 'repeat-dispensing' } },
      {
        title: 'Atenolol 25mg tablets',
        detail: { status: 'stopped', stoppedOn: '2026-01-10', stopReason: 'Dizzy' },
      },
    ])
    const { words } = await visitor.get('/prescriptions')
    const order = [
      'You can order now',
      'Metformin 500mg tablets',
      'Dose One tablet each morning',
      'Last issued 1 March 2026',
      'You cannot order yet',
      'Ramipril 5mg capsules',
      'You can order it from 10 April 2026',
      'Next order From 10 April 2026',
      'Repeat dispensing',
      'without ordering',
      'Simvastatin 40mg tablets',
      'Short-term medicines',
      'Amoxicillin 500mg capsules',
      'Past medicines',
      'Atenolol 25mg tablets',
      'This was stopped on 10 January 2026. Reason: Dizzy.',
    ]
    const places = order.map((part) => words.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(words.match(/Issues left Not recorded Review due Not recorded/g)).toHaveLength(2)
  })

  test('are shown without what somebody typed to a reader without the full record', async () => {
    const { practice, visitor } = await aPatientVisiting([
      {
        detail: { patientInstruction: 'For the tremor', status: 'stopped', stopReason: 'Dizzy' },
      },
    ])
    const full = (await visitor.get('/prescriptions')).words
    expect(full).toContain('Dizzy')
    expect(full).toContain('For the tremor')

    const services = { appointments: true, prescriptions: true, recordLevel: 'detailed' } as const
    await db.transaction(systemProof(practice), (tx) => setPracticeServices(tx, services))
    const { words, html } = await visitor.get('/prescriptions')
    expect(words).toContain('Metformin 500mg tablets')
    expect(words).toContain('One tablet each morning')
    expect(html).not.toMatch(/Dizzy|tremor/)
  })

  test('are never said to be none: an empty page says what that can mean', async () => {
    const { visitor } = await aPatientVisiting([{ title: 'Held 1mg tablets', isReleased: false }])
    const { words, html } = await visitor.get('/prescriptions')
    expect(words).toContain('Nothing to show here. This does not mean that you take no medicines.')
    expect(html).not.toContain('Held')
  })

  test('can be looked at and not ordered by a person who may only look', async () => {
    const { visitor, ids } = await aPatientVisiting([{}], { prescriptions: 'view' })
    const page = await visitor.get('/prescriptions')
    expect(page.words).toContain('You can see medicines here but not order them.')
    expect(page.html).not.toContain('href="/prescriptions/order"')
    expect((await visitor.get('/prescriptions/order')).status).toBe(403)
    expect((await visitor.post('/prescriptions/check', { medicine: ids })).status).toBe(403)
    expect((await visitor.post('/prescriptions/orders', { medicine: ids })).status).toBe(403)
  })

  test('are not there where the service is switched off', async () => {
    const { visitor } = await aPatientVisiting([{}], { prescriptions: 'none' })
    const page = await visitor.get('/prescriptions')
    expect(page.status).toBe(403)
    expect(page.html).not.toContain('Metformin')
  })
})

describe('ordering', () => {
  test('goes from choosing by checking to a confirmation with each medicine’s step', async () => {
    const { visitor, ids } = await aPatientVisiting([{}, { title: 'Ramipril 5mg capsules' }])
    const choose = await visitor.get('/prescriptions/order')
    expect(choose.words).toContain('Notes may not be seen or answered.')
    const check = await visitor.post('/prescriptions/check', { medicine: ids, note: 'Away <soon>' })
    expect(check.words).toContain('Check your order')
    expect(check.html).toContain('Away &lt;soon>')
    const page = await visitor.get(await order(visitor, ids, 'Away <soon>'))
    expect(page.words).toContain('Order sent')
    expect(page.words.match(/Requested: waiting for your GP surgery/g)).toHaveLength(2)
    expect(page.words).toContain('Your GP surgery usually decides by 4 April 2026.')
    expect(page.words).toContain('Goes on paper, to collect from Riverbank Surgery.')
  })

  test('gives the first order again when the form is sent twice', async () => {
    const { visitor, ids } = await aPatientVisiting([{}])
    const check = await visitor.post('/prescriptions/check', { medicine: ids })
    const fields = { medicine: ids, idempotencyKey: hiddenField(check, 'idempotencyKey') }
    const [first, second] = await Promise.all([
      visitor.post('/prescriptions/orders', fields),
      visitor.post('/prescriptions/orders', fields),
    ])
    expect([first.status, second.status]).toEqual([303, 303])
    expect(second.location).toBe(first.location)
  })

  test('tells every fault at once and keeps what was typed', async () => {
    const { visitor, ids } = await aPatientVisiting([{}])
    const note = `Please ${'x'.repeat(500)}`
    const none = await visitor.post('/prescriptions/check', { note })
    expect(none.status).toBe(400)
    expect(none.html).toContain('<title>Error: ')
    expect(none.words).toContain('Choose at least one medicine to order')
    expect(none.words).toContain('Note must be 500 characters or fewer')
    expect(none.html).toContain(note)
    const long = await visitor.post('/prescriptions/check', { medicine: ids, note })
    expect(long.html).toMatch(/type="checkbox"[^>]* checked/)
  })

  test('goes back from checking to choosing with everything kept', async () => {
    const { visitor, ids } = await aPatientVisiting([{}])
    const page = await visitor.post('/prescriptions/check', {
      medicine: ids,
      note: 'Blue ones',
      change: 'yes',
    })
    expect(page.status).toBe(200)
    expect(page.html).toMatch(/type="checkbox"[^>]* checked/)
    expect(page.html).toContain('Blue ones')
  })

  test('names the medicine that another tab ordered meanwhile', async () => {
    const { visitor, ids } = await aPatientVisiting([{}])
    const check = await visitor.post('/prescriptions/check', { medicine: ids })
    await order(visitor, ids)
    const idempotencyKey = hiddenField(check, 'idempotencyKey')
    const late = await visitor.post('/prescriptions/orders', { medicine: ids, idempotencyKey })
    expect(late.status).toBe(409)
    expect(late.words).toContain('Metformin 500mg tablets: You ordered this on 1 April 2026')
  })

  test('answers the same for a held medicine, a stranger’s, an unknown one and nonsense', async () => {
    const stranger = await aPatientVisiting([{}])
    const { visitor, ids } = await aPatientVisiting([{ isReleased: false }], {
      practice: stranger.practice,
    })
    const answers = []
    for (const medicine of [ids[0], stranger.ids[0], newId(morning), 'nonsense']) {
      for (const path of ['/prescriptions/check', '/prescriptions/orders']) {
        const { status, html } = await visitor.post(path, { medicine: medicine ?? '' })
        answers.push(`${status} ${html}`)
      }
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^404 /)
  })
})

describe('following an order', () => {
  test('says that it is late, and what to do, from the day after it should have been decided', async () => {
    const { visitor, ids, signIn } = await aPatientVisiting([{}])
    const path = await order(visitor, ids)
    database.setNow(new Date('2026-04-06T10:00:00Z'))
    expect((await (await signIn()).get(path)).words).toContain(
      'Your GP surgery should decide by 6 April 2026.',
    )
    database.setNow(new Date('2026-04-07T10:00:00Z'))
    const late = await (await signIn()).get(path)
    expect(late.words).toContain('This is taking longer than it should.')
    expect(late.words).toContain(
      'Phone Riverbank Surgery on 0113 496 0000 and ask about your order.',
    )
    database.setNow(morning)
  })

  test('is not possible for someone else’s order', async () => {
    const owner = await aPatientVisiting([{}])
    const path = await order(owner.visitor, owner.ids)
    const { visitor } = await aPatientVisiting([{}], { practice: owner.practice })
    const theirs = await visitor.get(path)
    const unknown = await visitor.get(`/prescriptions/orders/${newId(morning)}`)
    expect([theirs.status, unknown.status]).toEqual([404, 404])
    expect(theirs.html).toBe(unknown.html)
  })

  test('lets a waiting medicine be cancelled after asking', async () => {
    const { visitor, ids } = await aPatientVisiting([{}])
    const path = await order(visitor, ids)
    const cancel =
      /\/prescriptions\/items\/[^"]+\/cancel/.exec((await visitor.get(path)).html)?.[0] ?? ''
    expect((await visitor.get(cancel)).words).toContain('Do you want to cancel this order?')
    const cancelled = await visitor.post(cancel)
    expect(cancelled.location).toBe(path)
    expect((await visitor.get(path)).words).toContain('It will not be prescribed')
    expect((await visitor.post(cancel)).location).toBe(path)
  })

  test('lists orders page by page', async () => {
    const { visitor, practice, patientId, ids } = await aPatientVisiting([{}])
    await db.transaction(systemProof(practice), async (tx) => {
      for (let month = 0; month < 12; month++) {
        const orderId = newId<'Order'>(morning)
        const at = new Date(Date.UTC(2025, month, 5))
        await tx.run(sql`insert into prescriptions.medicine_order
          (practice, order_id, patient_id, ordered_at, ordered_by, note, idempotency_key)
          values (${practice}, ${orderId}, ${patientId}, ${at}, 'patient', '', ${orderId})`)
        await tx.run(sql`insert into prescriptions.order_item
          (practice, item_id, order_id, patient_id, medication_id, state, version, requested_at, decided_at)
          values (${practice}, ${orderId}, ${orderId}, ${patientId}, ${ids[0]}, 'cancelled', 2, ${at}, ${at})`)
      }
    })
    const first = await visitor.get('/prescriptions/orders')
    expect(first.words.match(/Ordered on/g)).toHaveLength(10)
    expect(first.html).toContain('href="/prescriptions/orders?page=2"')
    const second = await visitor.get('/prescriptions/orders?page=2')
    expect(second.words.match(/Ordered on/g)).toHaveLength(2)
    expect((await visitor.get('/prescriptions/orders?page=nonsense')).words).toBe(first.words)
  })
})

describe('the practice’s queue', () => {
  async function aRequest(note = '') {
    const patient = await aPatientVisiting([
      { detail: { issuesAllowed: 6, issuesMade: 5, reviewOn: '2026-03-15' } },
    ])
    const path = await order(patient.visitor, patient.ids, note)
    const okafor = await staffVisiting(patient.practice, 'Dr Okafor', ['prescriber'])
    const page = await okafor.get('/practice/prescriptions')
    const items = /\/practice\/prescriptions\/items\/[0-9a-f-]+/.exec(page.html)?.[0] ?? ''
    return { ...patient, path, okafor, page, items }
  }

  test('shows everything needed to decide', async () => {
    const { page } = await aRequest('Away from Friday')
    for (const part of [
      'Ann Patel',
      'Born 12 April 1961',
      'with the note: Away from Friday',
      'Metformin 500mg tablets One tablet each morning. 28 tablet. Lasts 28 days',
      'Issued 1 March 2026 for 28 days',
      '1 of 6 issues left',
      'Review due: 15 March 2026',
      'Look at Review overdue Since 15 March 2026',
      'Waiting Since today',
    ]) {
      expect(page.words).toContain(part)
    }
  })

  test('is left with a notice of what was approved, and the patient sees it', async () => {
    const { okafor, items, visitor, path } = await aRequest()
    const seen = 'review-overdue'
    const approved = await okafor.post(`${items}/approve`, { version: '1', page: '1', seen })
    expect(approved.status).toBe(303)
    expect(approved.location).not.toContain('etformin')
    const queue = await okafor.get(approved.location ?? '')
    expect(queue.words).toContain('You approved Metformin 500mg tablets for Ann Patel')
    expect(queue.words).toContain('Nothing is waiting.')
    expect((await visitor.get(path)).words).toContain(
      'Your GP surgery approved this on 1 April 2026',
    )
  })

  test('asks for a reason when rejecting, tells all faults at once, keeps the words', async () => {
    const { okafor, items, visitor, path } = await aRequest()
    expect((await okafor.get(`${items}/reject`)).words).toContain('Why are you rejecting it?')
    const text = `Blood test ${'x'.repeat(500)}`
    const wrong = await okafor.post(`${items}/reject`, { version: '1', patientText: text })
    expect(wrong.status).toBe(400)
    expect(wrong.words).toContain('Choose why you are rejecting this')
    expect(wrong.words).toContain('Words for the patient must be 500 characters or fewer')
    expect(wrong.html).toContain(text)

    const fields = { version: '1', reason: 'review-needed', patientText: 'Blood test first' }
    expect((await okafor.post(`${items}/reject`, fields)).status).toBe(303)
    const { words } = await visitor.get(path)
    expect(words).toContain('Not approved')
    expect(words).toContain('From your GP surgery: Blood test first')
    expect(words).toContain('What to do next: Contact your GP surgery to book it.')
    expect((await visitor.get('/prescriptions')).words).toContain(
      'was not approved. You need a medicine review',
    )
  })

  test('tells the second person who decided and what', async () => {
    const { okafor, items, practice } = await aRequest()
    const lewis = await staffVisiting(practice, 'Dr Lewis', ['prescriber'])
    await okafor.post(`${items}/approve`, { version: '1', seen: 'review-overdue' })
    const second = await lewis.post(`${items}/reject`, { version: '1', reason: 'too-early' })
    expect(second.status).toBe(409)
    expect(second.words).toContain('Dr Okafor approved it on Wednesday 1 April 2026 at 10:00am')
    expect((await lewis.get(`${items}/reject`)).status).toBe(409)
  })

  test('can be seen and not decided by a receptionist, and not seen without a role for it', async () => {
    const { items, practice } = await aRequest()
    const desk = await staffVisiting(practice, 'Sam Reed', ['receptionist'])
    const queue = await desk.get('/practice/prescriptions')
    expect(queue.words).toContain('Metformin 500mg tablets')
    expect(queue.html).not.toContain('/approve')
    expect(queue.html).not.toContain('/reject')
    expect((await desk.post(`${items}/approve`, { version: '1' })).status).toBe(403)
    expect((await desk.get(`${items}/reject`)).status).toBe(403)
    expect((await desk.post(`${items}/reject`, { version: '1', reason: 'too-early' })).status).toBe(
      403,
    )
    const lead = await staffVisiting(practice, 'Kim Shaw', ['ig-lead'])
    expect((await lead.get('/practice/prescriptions')).status).toBe(403)
  })

  test('does not know an item of another practice', async () => {
    const { items } = await aRequest()
    const other = await aRequest()
    expect((await other.okafor.post(`${items}/approve`, { version: '1' })).status).toBe(404)
    expect((await other.okafor.get(`${items}/reject`)).status).toBe(404)
  })
})
