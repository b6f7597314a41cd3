import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatientVisiting } from '../../../../../test/support/prescribing.ts'
import { aPractice, type MedicineEntry } from '../../../../../test/support/surgery.ts'
import { hiddenField, openPages } from '../../../../../test/support/visitor.ts'
import { savePharmacies } from '../../commands/eps/save-pharmacies.ts'
import { setOrderRules } from '../../commands/set-order-rules.ts'
import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import { parsePostcode } from '../../domain/eps/postcode.ts'
import type { OrderRules } from '../../domain/orderable.ts'
import { registerPrescriptions } from '../routes.ts'

const morning = new Date('2026-04-01T09:00:00Z')
let database: TestDatabase
let db: Database
let app: FastifyInstance

function aPharmacy(code: string, given: Partial<Pharmacy>): Pharmacy {
  const postcode = parsePostcode('LS1 4AP')
  if (!postcode) throw new Error('Not a postcode')
  return {
    odsCode: code as OdsCode,
    name: 'Corner Pharmacy',
    addressLines: ['2 High Street', 'Leeds'],
    postcode,
    phone: '0113 496 0001',
    kind: 'community',
    ...given,
  }
}

const corner = aPharmacy('FTT01', {})
const market = aPharmacy('FTT02', { name: 'Market Pharmacy' })
const closed = aPharmacy('FTT03', { name: 'Old Pharmacy', closedOn: '2026-03-31' as LocalDate })
const byPost = aPharmacy('FTT04', { name: 'Letterbox Pharmacy', kind: 'distance-selling' })

beforeAll(async () => {
  database = await makeDatabase(morning)
  db = database.db
  app = await openPages(db, registerPrescriptions)
  const practice = await aPractice(db)
  await db.transaction(systemProof(practice), (tx) =>
    savePharmacies(tx, [corner, market, closed, byPost]),
  )
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

async function aVisitor(
  medicines: readonly MedicineEntry[],
  given: { readonly rules?: Partial<OrderRules>; readonly nominated?: Pharmacy } = {},
) {
  const practice = await aPractice(db)
  const { patientId, ids, visitor } = await aPatientVisiting(app, practice, medicines)
  const nominate = (pharmacy: Pharmacy, at: Date) =>
    db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into prescriptions.nomination
          (practice, nomination_id, patient_id, ods_code, nominated_at, nominated_by)
        values (${practice}, ${newId(at)}, ${patientId}, ${pharmacy.odsCode}, ${at}, 'system')`),
    )
  await db.transaction(systemProof(practice), (tx) => setOrderRules(tx, given.rules ?? {}))
  if (given.nominated) await nominate(given.nominated, new Date('2026-03-01T09:00:00Z'))
  const stored = () =>
    db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly kind: string; readonly note: string; readonly place: string }>(sql`
        select item.kind, medicine_order.note,
          concat_ws(':', destination_kind, destination_ods) as place
        from prescriptions.medicine_order
        join prescriptions.order_item item using (practice, order_id)
        where practice = ${practice} limit 10`),
    )
  return { practice, ids, visitor, nominate, stored }
}

describe('where an order goes', () => {
  test('is the nominated pharmacy unless the person says otherwise, shown before it is sent', async () => {
    const { ids, visitor, stored } = await aVisitor([{}], { nominated: corner })
    const check = await visitor.post('/prescriptions/check', { medicine: ids })
    expect(check.words).toContain(
      'Goes to Corner Pharmacy, 2 High Street, Leeds, LS1 4AP. Your nominated pharmacy.',
    )
    const sent = await visitor.post('/prescriptions/orders', {
      medicine: ids,
      idempotencyKey: hiddenField(check, 'idempotencyKey'),
      destination: hiddenField(check, 'destination'),
    })
    expect((await visitor.get(sent.location ?? '')).words).toContain('Goes to Corner Pharmacy.')
    expect(await stored()).toMatchObject([{ place: 'nominated:FTT01', kind: 'repeat' }])
  })

  test('is never guessed: a pharmacy that was not chosen, or cannot be read, is asked for', async () => {
    const { ids, visitor, stored } = await aVisitor([{}], { nominated: corner })
    const found = { medicine: ids, note: 'Blue ones', search: 'market', choosing: 'pharmacy' }
    const unchosen = await visitor.post('/prescriptions/check', found)
    expect(unchosen.status).toBe(400)
    expect(unchosen.words).toContain('Choose a pharmacy, or search again')
    expect(unchosen.words).toContain('Market Pharmacy')
    expect(unchosen.html).toContain('Blue ones')
    const unread = await visitor.post('/prescriptions/orders', { ...found, destination: 'one-off' })
    expect(unread.status).toBe(409)
    expect(unread.words).toContain('This pharmacy cannot be used.')
    expect(await stored()).toEqual([])
  })

  test('can be another pharmacy for this order only, found by postcode or name', async () => {
    const { ids, visitor, stored } = await aVisitor([{}], { nominated: corner })
    const fields = { medicine: ids, note: 'Blue ones' }
    const where = await visitor.post('/prescriptions/check', { ...fields, change: 'destination' })
    expect(where.words).toContain('Where should the prescription go?')
    expect(where.words).not.toContain('gives out medicines itself')

    const empty = await visitor.post('/prescriptions/check', { ...fields, destination: 'find' })
    expect(empty.status).toBe(400)
    expect(empty.words).toContain('Enter a postcode, or the name of a pharmacy')

    const found = { ...fields, destination: 'find' }
    const byPostcode = await visitor.post('/prescriptions/check', { ...found, search: 'ls1 4ap' })
    expect(byPostcode.words).toContain('Market Pharmacy')
    expect(byPostcode.words).not.toContain('Old Pharmacy')
    const byName = await visitor.post('/prescriptions/check', { ...found, search: 'letterbox' })
    expect(byName.words).toContain('Sends medicines by post')
    const none = await visitor.post('/prescriptions/check', { ...found, search: 'nowhere <b>' })
    expect(none.html).toContain('No pharmacy was found for “nowhere &lt;b>”')

    const chosen = { ...fields, destination: 'one-off:FTT04' }
    const check = await visitor.post('/prescriptions/check', chosen)
    expect(check.words).toContain('For this order only')
    expect(check.words).toContain('You may need to sign up with it first')
    expect(check.words).toContain('Blue ones')
    const idempotencyKey = hiddenField(check, 'idempotencyKey')
    await visitor.post('/prescriptions/orders', { ...chosen, idempotencyKey })
    expect(await stored()).toMatchObject([{ place: 'one-off:FTT04', note: 'Blue ones' }])
  })

  test('is asked again where the pharmacy is closed, unknown or not the nominated one any more', async () => {
    const { ids, visitor, nominate, stored } = await aVisitor([{}], { nominated: corner })
    for (const destination of ['one-off:FTT03', 'one-off:FNONE', 'nominated:FTT02']) {
      const asked = await visitor.post('/prescriptions/check', { medicine: ids, destination })
      expect([asked.status, asked.words.includes('Where should the prescription go?')]).toEqual([
        400,
        true,
      ])
    }
    const check = await visitor.post('/prescriptions/check', { medicine: ids })
    await nominate(market, morning)
    const late = await visitor.post('/prescriptions/orders', {
      medicine: ids,
      destination: hiddenField(check, 'destination'),
      idempotencyKey: hiddenField(check, 'idempotencyKey'),
    })
    expect(late.status).toBe(409)
    expect(late.words).toContain('Your chosen pharmacy has changed')
    expect(late.words).toContain('Market Pharmacy')
    expect(await stored()).toEqual([])
  })

  test('is paper where the nominated pharmacy has closed, and the page says that it has', async () => {
    const { ids, visitor } = await aVisitor([{}], { nominated: closed })
    const check = await visitor.post('/prescriptions/check', { medicine: ids })
    expect(check.words).toContain('Goes to Paper prescription from Riverbank Surgery')
    const where = await visitor.post('/prescriptions/check', {
      medicine: ids,
      change: 'destination',
    })
    expect(where.words).toContain('Old Pharmacy was the nominated pharmacy and has closed')
  })

  test('is the practice itself only where it dispenses', async () => {
    const some = await aVisitor([{}], { rules: { dispenses: true } })
    const check = await some.visitor.post('/prescriptions/check', { medicine: some.ids })
    expect(check.words).toContain('Goes to Riverbank Surgery. You collect the medicines there.')
    const other = await aVisitor([{}])
    const refused = await other.visitor.post('/prescriptions/check', {
      medicine: other.ids,
      destination: 'dispensing-practice',
    })
    expect(refused.status).toBe(400)
    expect(refused.words).toContain('Your GP surgery does not dispense medicines')
  })
})

describe('what a practice has settled', () => {
  test('a note that it asks for is asked for', async () => {
    const { ids, visitor } = await aVisitor([{}], { rules: { noteRequired: true } })
    const choose = await visitor.get('/prescriptions/order')
    expect(choose.words).not.toContain('Note for your GP surgery (optional)')
    const check = await visitor.post('/prescriptions/check', { medicine: ids })
    expect([check.status, check.words.includes('Enter a note')]).toEqual([400, true])
  })

  test('where no orders are taken for now, medicines are seen, and how to get them', async () => {
    const { ids, visitor } = await aVisitor([{}], { rules: { orderingOpen: false } })
    const list = await visitor.get('/prescriptions')
    expect(list.words).toContain('Your GP surgery is not taking orders online at the moment.')
    expect(list.words).toContain('Metformin 500mg tablets')
    expect(list.html).not.toContain('href="/prescriptions/order"')
    expect((await visitor.post('/prescriptions/orders', { medicine: ids })).status).toBe(409)
  })

  test('one more, smaller supply after a review was due is said on the list and when choosing', async () => {
    const { visitor } = await aVisitor([{ detail: { reviewOn: '2026-03-20' } }], {
      rules: { reviewOverdue: 'allow-once-reduced', reducedDays: 7 },
    })
    const list = await visitor.get('/prescriptions')
    expect(list.words).toContain('You can order it once more, for 7 days at most.')
    expect((await visitor.get('/prescriptions/order')).words).toContain(
      'Until then you can order once, for 7 days at most',
    )
  })
})

describe('sending a form that was sent before', () => {
  test('with other medicines, another note or another place is refused, and says so', async () => {
    const { ids, visitor, stored } = await aVisitor([{}, { title: 'Ramipril 5mg capsules' }])
    const [first = '', second = ''] = ids
    const idempotencyKey = newId(morning)
    const fields = { medicine: first, note: 'Mine', idempotencyKey, destination: 'paper' }
    const sent = await visitor.post('/prescriptions/orders', fields)
    for (const other of [
      { medicine: second },
      { medicine: [first, second] },
      { note: 'Other' },
      { destination: 'one-off:FTT02' },
    ]) {
      const again = await visitor.post('/prescriptions/orders', { ...fields, ...other })
      expect(again.status).toBe(409)
      expect(again.words).toContain('You have already sent this order')
      expect(again.words).toContain('Nothing more was ordered.')
      expect(again.html).toContain(`href="${sent.location}"`)
    }
    const same = await visitor.post('/prescriptions/orders', fields)
    expect([same.status, same.location]).toEqual([303, sent.location])
    expect(await stored()).toHaveLength(1)
  })
})

describe('asking for a medicine that is not a repeat', () => {
  const acute: MedicineEntry = { title: 'Amoxicillin 500mg capsules', detail: { type: 'acute' } }
  const past: MedicineEntry = { title: 'Atenolol 25mg tablets', detail: { status: 'stopped' } }
  const allowed = { rules: { acuteRequests: true } }

  test('is not offered where the practice has not allowed it, by a link or otherwise', async () => {
    const { ids, visitor } = await aVisitor([acute, past])
    expect((await visitor.get('/prescriptions')).html).not.toContain('/ask"')
    const asked = await visitor.get(`/prescriptions/medicines/${ids[0]}/ask`)
    expect([asked.status, asked.words.includes('does not take requests for this')]).toEqual([
      409,
      true,
    ])
    const fields = { medicine: ids[0] ?? '', note: 'My ear', kind: 'acute' }
    expect((await visitor.post('/prescriptions/orders', fields)).status).toBe(409)
  })

  test('asks why, checks, and is followed as any order', async () => {
    const { ids, visitor, stored } = await aVisitor([acute, past], allowed)
    const list = await visitor.get('/prescriptions')
    expect(list.words).toContain('Ask for this Amoxicillin 500mg capsules')
    expect(list.words).toContain('Ask for this Atenolol 25mg tablets')
    const asking = await visitor.get(`/prescriptions/medicines/${ids[0]}/ask`)
    expect(asking.words).toContain('This is not one of your repeat medicines.')

    const fields = { medicine: ids[0] ?? '', kind: 'acute' }
    const silent = await visitor.post('/prescriptions/check', { ...fields, note: '' })
    expect([silent.status, silent.words.includes('Enter why you need it')]).toEqual([400, true])
    const check = await visitor.post('/prescriptions/check', { ...fields, note: 'My ear again' })
    expect(check.words).toContain('Why you need it My ear again')
    const back = await visitor.post('/prescriptions/check', {
      ...fields,
      note: 'My ear again',
      change: 'yes',
    })
    expect(back.html).toContain('My ear again</textarea>')

    const sent = await visitor.post('/prescriptions/orders', {
      ...fields,
      note: 'My ear again',
      idempotencyKey: hiddenField(check, 'idempotencyKey'),
    })
    expect((await visitor.get(sent.location ?? '')).words).toContain('Why you need it My ear again')
    expect(await stored()).toMatchObject([{ kind: 'acute', note: 'My ear again' }])
    const again = await visitor.get(`/prescriptions/medicines/${ids[0]}/ask`)
    expect([again.status, again.words.includes('You asked for this on 1 April 2026')]).toEqual([
      409,
      true,
    ])
  })

  test('does not turn a repeat into one, nor one into a repeat', async () => {
    const { ids, visitor, stored } = await aVisitor([{}, acute], allowed)
    const [repeat = '', short = ''] = ids
    const asRepeat = await visitor.post('/prescriptions/orders', { medicine: short, note: 'Ear' })
    expect(asRepeat.words).toContain('was not prescribed as a repeat medicine')
    const asAcute = await visitor.post('/prescriptions/orders', {
      medicine: repeat,
      note: 'Please',
      kind: 'acute',
    })
    expect(asAcute.words).toContain('This is a repeat medicine.')
    expect(await stored()).toEqual([])
  })

  test('knows no medicine that is held', async () => {
    const { ids, visitor } = await aVisitor([{ ...acute, isReleased: false }], allowed)
    const held = await visitor.get(`/prescriptions/medicines/${ids[0]}/ask`)
    const unknown = await visitor.get(`/prescriptions/medicines/${newId(morning)}/ask`)
    expect([held.status, held.html]).toEqual([404, unknown.html])
  })
})
