import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemProof } from '#platform/db'
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

const morning = new Date('2026-04-01T09:00:00Z')
let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(morning)
  app = await openPages(database.db, registerPrescriptions)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const reviewed = { detail: { reviewOn: '2026-12-01' } }

describe('a medicine that stands on the list twice', () => {
  test('is said to, and both are ordered only with a tick that is kept to the end', async () => {
    const practice = await aPractice(app.db)
    const { visitor, ids } = await aPatientVisiting(app, practice, [reviewed, reviewed])
    expect((await visitor.get('/prescriptions')).words).toContain(
      'This is on your list more than once.',
    )
    const asked = await visitor.post('/prescriptions/check', { medicine: ids, note: 'For both' })
    expect(asked.status).toBe(400)
    expect(asked.words).toContain('you chose it twice')
    expect(asked.words).toContain('I need both, or more of it')
    expect(asked.words).toContain('For both')
    const unsaid = await visitor.post('/prescriptions/orders', { medicine: ids, note: '' })
    expect(unsaid.status).toBe(409)

    const check = await visitor.post('/prescriptions/check', { medicine: ids, more: 'yes' })
    expect(check.words).toContain('more than one supply of the same medicine')
    expect(check.html).toContain('name="more" value="yes"')
    expect(await orderOf(visitor, ids, { more: 'yes' })).toContain('/prescriptions/orders/')
  })

  test('is put before the prescriber, who approves it only knowing so, and never with others', async () => {
    const practice = await aPractice(app.db)
    const { visitor, ids } = await aPatientVisiting(app, practice, [reviewed, reviewed])
    await orderOf(visitor, ids, { more: 'yes' })
    const okafor = await staffVisiting(app, practice, 'Dr Okafor', ['prescriber'])
    const page = await okafor.visitor.get('/practice/prescriptions')
    expect(
      page.words.match(/The same medicine twice Also asked for on 1 April 2026/g),
    ).toHaveLength(2)
    expect(page.html).not.toContain('name="item"')
    const [, first = ''] = /items\/([0-9a-f-]{36})\/approve/.exec(page.html) ?? []
    const path = `/practice/prescriptions/items/${first}/approve`
    const unseen = await okafor.visitor.post(path, { version: '1' })
    expect(unseen.status).toBe(409)
    expect(unseen.words).toContain('The same medicine twice')
    expect((await okafor.visitor.post(path, { version: '1', seen: 'same-requested' })).status).toBe(
      303,
    )
    expect((await okafor.visitor.get('/practice/prescriptions')).words).toContain(
      'The same medicine twice Approved on 1 April 2026',
    )
  })
})

describe('what a practice shows of each medicine', () => {
  const overdue = { detail: { reviewOn: '2026-03-15' } }
  const withRules = async (rules: Parameters<typeof setOrderRules>[1]) => {
    const practice = await aPractice(app.db)
    await app.db.transaction(systemProof(practice), (tx) => setOrderRules(tx, rules))
    return aPatientVisiting(app, practice, [overdue])
  }

  test('is review dates, the last order and the type, unless it says otherwise', async () => {
    const { visitor, ids } = await withRules({})
    const words = (await visitor.get('/prescriptions')).words
    expect(words).toContain('A review of this medicine was due on 15 March 2026.')
    expect(words).toContain('Review due 15 March 2026')
    expect(words).toContain('Type Repeat')
    expect((await visitor.get('/prescriptions/order')).words).toContain('due on 15 March 2026')
    await orderOf(visitor, ids)
    expect((await visitor.get('/prescriptions')).words).toContain('Last ordered on 1 April 2026')
  })

  test('hides the days of reviews everywhere, and still says that one is due', async () => {
    const { visitor, ids, practice } = await withRules({ showReviewDates: false })
    const pages = [await visitor.get('/prescriptions'), await visitor.get('/prescriptions/order')]
    await app.db.transaction(systemProof(practice), (tx) =>
      setOrderRules(tx, { showReviewDates: false, reviewOverdue: 'block' }),
    )
    pages.push(await visitor.get('/prescriptions'))
    pages.push(await visitor.post('/prescriptions/check', { medicine: ids }))
    for (const { words } of pages) {
      expect(words).toContain('A review of this medicine is due.')
      expect(words).not.toMatch(/15 March|Review due/)
    }
  })

  test('hides the last order and the type, and never that an order was not approved', async () => {
    const { visitor, ids, practice } = await withRules({ showLastOrdered: false, showType: false })
    await orderOf(visitor, ids)
    const words = (await visitor.get('/prescriptions')).words
    expect(words).not.toContain('Last ordered')
    expect(words).not.toContain('Type Repeat')
    expect(words).toContain('You ordered this on 1 April 2026')

    const okafor = await staffVisiting(app, practice, 'Dr Okafor', ['prescriber'])
    const queue = await okafor.visitor.get('/practice/prescriptions')
    const [, item = ''] = /items\/([0-9a-f-]{36})\/reject/.exec(queue.html) ?? []
    const reject = { version: '1', reason: 'review-needed' }
    await okafor.visitor.post(`/practice/prescriptions/items/${item}/reject`, reject)
    expect((await visitor.get('/prescriptions')).words).toContain('was not approved')
  })
})
