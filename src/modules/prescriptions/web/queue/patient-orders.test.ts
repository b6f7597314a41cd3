import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql, systemProof } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import {
  aPatientVisiting,
  orderOf,
  staffVisiting,
} from '../../../../../test/support/prescribing.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { openPages } from '../../../../../test/support/visitor.ts'
import { setOrderRules } from '../../commands/set-order-rules.ts'
import { registerPrescriptions } from '../routes.ts'

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(new Date('2026-04-01T09:00:00Z'))
  app = await openPages(database.db, registerPrescriptions)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

async function anApproval() {
  const practice = await aPractice(app.db)
  const patient = await aPatientVisiting(app, practice, [{ detail: { reviewOn: '2026-12-01' } }])
  const path = await orderOf(patient.visitor, patient.ids)
  const okafor = await staffVisiting(app, practice, 'Dr Okafor', ['prescriber'])
  const queue = await okafor.visitor.get('/practice/prescriptions')
  const [, itemId = ''] = /items\/([0-9a-f-]{36})\/approve/.exec(queue.html) ?? []
  const item = `/practice/prescriptions/items/${itemId}`
  expect((await okafor.visitor.post(`${item}/approve`, { version: '1' })).status).toBe(303)
  const orders = `/practice/patients/${patient.patientId}/prescriptions`
  return { ...patient, path, okafor, item, itemId, orders }
}

describe('what one patient ordered', () => {
  test('is listed for whoever answers the phone, with where each stands and who has it', async () => {
    const { practice, orders } = await anApproval()
    const kim = await staffVisiting(app, practice, 'Kim Shaw', ['receptionist'])
    const { words, html } = await kim.visitor.get(orders)
    expect(words).toContain('Prescription orders of Ann Patel')
    expect(words).toContain('Metformin 500mg tablets')
    expect(words).toContain('Approved, Wednesday 1 April 2026 at 10:00am')
    expect(words).toContain('Dr Okafor')
    expect(html).not.toContain('/withdraw')
  })

  test('is not there for another practice, and each look is in the trail', async () => {
    const { practice, orders, patientId } = await anApproval()
    const elsewhere = await staffVisiting(app, await aPractice(app.db), 'Lee', ['prescriber'])
    expect((await elsewhere.visitor.get(orders)).status).toBe(404)
    const set = { allowed: 'no' }
    expect((await elsewhere.visitor.post(`${orders}/short-term`, set)).status).toBe(404)
    const kim = await staffVisiting(app, practice, 'Kim Shaw', ['receptionist'])
    await kim.visitor.get(orders)
    const looks = await app.db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly actorId: string }>(sql`
        select actor_id from audit.event
        where practice = ${practice} and patient_id = ${patientId}
          and type = 'prescriptions.requests-viewed' and actor_id = ${kim.staffId}`),
    )
    expect(looks).toHaveLength(1)
  })
})

describe('taking an approval back', () => {
  test('tells the patient why, lets them order again, and is once however often it is sent', async () => {
    const { visitor, ids, path, okafor, item, practice, itemId } = await anApproval()
    expect((await okafor.visitor.get(`${item}/withdraw`)).words).toContain(
      'The patient sees: Approved.',
    )
    const form = { version: '2', patientText: 'Wrong strength. Please phone us.' }
    const first = await okafor.visitor.post(`${item}/withdraw`, form)
    const again = await okafor.visitor.post(`${item}/withdraw`, form)
    expect([first.status, again.status]).toEqual([303, 303])
    expect((await okafor.visitor.get(first.location ?? '')).words).toContain(
      'Dr Okafor took the approval back',
    )
    const { words } = await visitor.get(path)
    expect(words).toContain('Your GP surgery cancelled this on 1 April 2026, after approving it.')
    expect(words).toContain('Wrong strength. Please phone us.')
    expect(await orderOf(visitor, ids)).not.toBe(path)
    const told = await app.db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly kind: string }>(sql`
        select kind from jobs.job
        where practice = ${practice} and payload ->> 'itemId' = ${itemId}
          and kind = 'prescriptions.send-pharmacy-news'`),
    )
    expect(told).toHaveLength(1)
  })

  test('tells the second of two who tries, and with what by whom', async () => {
    const { okafor, item, practice } = await anApproval()
    const lewis = await staffVisiting(app, practice, 'Dr Lewis', ['prescriber'])
    await okafor.visitor.post(`${item}/withdraw`, { version: '2' })
    for (const version of ['2', '3']) {
      const second = await lewis.visitor.post(`${item}/withdraw`, { version })
      expect(second.status).toBe(409)
      expect(second.words).toContain('Dr Okafor withdrew it on Wednesday 1 April 2026')
    }
  })

  test('is refused once it was handed out, and before it was approved', async () => {
    const { okafor, item } = await anApproval()
    await okafor.visitor.post(`${item}/ready`, { version: '2' })
    const late = await okafor.visitor.post(`${item}/withdraw`, { version: '2' })
    expect(late.status).toBe(409)
    await okafor.visitor.post(`${item}/collected`, { version: '3' })
    expect((await okafor.visitor.get(`${item}/withdraw`)).status).toBe(409)
    expect((await okafor.visitor.post(`${item}/withdraw`, { version: '4' })).status).toBe(409)
  })

  test('keeps what was typed where it is too long', async () => {
    const { okafor, item } = await anApproval()
    const long = await okafor.visitor.post(`${item}/withdraw`, {
      version: '2',
      patientText: 'x'.repeat(501),
    })
    expect(long.status).toBe(400)
    expect(long.words).toContain('Words for the patient must be 500 characters or fewer')
    expect(long.html).toContain('x'.repeat(501))
  })
})

/** DOMAIN RX-1, E00205: a switch of the practice, and one of the patient. */
describe('whether one patient may ask for short-term medicines', () => {
  const amoxicillin = { title: 'Amoxicillin 500mg capsules', detail: { status: 'completed' } }

  test('is settled by a prescriber, holds from the next press, and never without the practice’s own', async () => {
    const practice = await aPractice(app.db)
    const rules = (acuteRequests: boolean) =>
      app.db.transaction(systemProof(practice), (tx) => setOrderRules(tx, { acuteRequests }))
    await rules(true)
    const { visitor, ids, patientId } = await aPatientVisiting(app, practice, [amoxicillin])
    const form = { medicine: ids, kind: 'acute', note: 'A cough since Monday' }
    expect((await visitor.post('/prescriptions/check', form)).status).toBe(200)

    const okafor = await staffVisiting(app, practice, 'Dr Okafor', ['prescriber'])
    const orders = `/practice/patients/${patientId}/prescriptions`
    await okafor.visitor.post(`${orders}/short-term`, { allowed: 'no' })
    expect((await okafor.visitor.get(orders)).words).toContain(
      'This patient may not ask for them, set by Dr Okafor on 1 April 2026.',
    )
    expect((await visitor.get('/prescriptions')).html).not.toContain('/ask')
    expect((await visitor.get(`/prescriptions/medicines/${ids[0]}/ask`)).status).toBe(409)
    expect((await visitor.post('/prescriptions/check', form)).status).toBe(400)
    expect((await visitor.post('/prescriptions/orders', form)).status).toBe(409)

    database.setNow(new Date('2026-04-01T09:01:00Z'))
    await rules(false)
    await okafor.visitor.post(`${orders}/short-term`, { allowed: 'yes' })
    expect((await visitor.post('/prescriptions/orders', form)).status).toBe(409)
    await rules(true)
    expect((await visitor.post('/prescriptions/orders', form)).status).toBe(303)
  })
})
