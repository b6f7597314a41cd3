import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import type { Role } from '#modules/access'
import type { OdsCode } from '#kernel/ods-code'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import {
  aPatientVisiting as patientVisiting,
  orderOf,
  staffVisiting,
} from '../../../../../test/support/prescribing.ts'
import { addIssue, aPractice, type MedicineEntry } from '../../../../../test/support/surgery.ts'
import {
  hiddenField,
  openPages,
  type Answer,
  type Visitor,
} from '../../../../../test/support/visitor.ts'
import { setOrderRules } from '../../commands/set-order-rules.ts'
import { tellLateJob } from '../../commands/queue/tell-late.ts'
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

const queuePath = '/practice/prescriptions'
const settings = `${queuePath}/settings`

function aPatientVisiting(practice: OdsCode, medicines: readonly MedicineEntry[]) {
  database.setNow(morning)
  return patientVisiting(app, practice, medicines)
}

const staff = (practice: OdsCode, name: string, roles: readonly Role[]) =>
  staffVisiting(app, practice, name, roles)

const order = (visitor: Visitor, medicine: readonly string[], note = '') =>
  orderOf(visitor, medicine, { note, destination: 'paper' })

const reviewed = { reviewOn: '2026-12-01' }

/** A practice with a prescriber, and a patient who ordered these medicines. */
async function aRequest(medicines: readonly MedicineEntry[] = [{ detail: reviewed }], note = '') {
  const practice = await aPractice(db)
  const patient = await aPatientVisiting(practice, medicines)
  const path = await order(patient.visitor, patient.ids, note)
  const okafor = await staff(practice, 'Dr Okafor', ['prescriber'])
  const page = await okafor.visitor.get(queuePath)
  return { ...patient, path, okafor, page, items: itemsOn(page) }
}

function itemsOn(page: Answer): readonly string[] {
  const found = page.html.matchAll(/items\/([0-9a-f-]{36})\/pass-on/g)
  return [...new Set([...found].map(([, id = '']) => id))]
}

const itemPath = (id: string | undefined, step: string) => `${queuePath}/items/${id}/${step}`

async function addEntry(
  practice: OdsCode,
  patientId: string,
  entry: {
    readonly kind: string
    readonly title: string
    readonly text?: string
    readonly at?: string
    readonly detail?: object
  },
) {
  const id = newId(morning)
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      insert into record.entry
        (practice, entry_id, patient_id, source, source_key, kind, title, text, clinical_at,
         clinical_precision, recorded_at, detail, content_hash, stored_at)
      values (${practice}, ${id}, ${patientId}, 'test', ${id}, ${entry.kind}, ${entry.title},
        ${entry.text}, ${entry.at}::timestamptz,
        case when ${entry.at}::text is null then null else 'day' end, ${morning},
        ${JSON.stringify(entry.detail ?? {})}, 'hash', ${morning})
    `),
  )
}

async function flag(practice: OdsCode, fields: Readonly<Record<string, string>>) {
  const manager = await staff(practice, 'Kim Shaw', ['practice-manager'])
  const added = await manager.visitor.post(`${settings}/medicines`, {
    name: 'Metformin',
    words: 'Metformin',
    ...fields,
  })
  expect(added.status).toBe(303)
  return manager.visitor
}

describe('deciding on one screen', () => {
  test('shows supplies with their intervals, use, allergies and what the record says of interactions', async () => {
    const { practice, patientId, ids, okafor } = await aRequest()
    const medicationKey = ids[0] ?? ''
    for (const issuedOn of ['2025-12-20', '2026-01-10', '2026-02-01']) {
      await addIssue(db, practice, patientId, { medicationKey, issuedOn, durationDays: 28 })
    }
    await addEntry(practice, patientId, {
      kind: 'allergy',
      title: 'Penicillin allergy',
      detail: { status: 'active', severity: 'severe', reactions: ['Rash'] },
    })
    await addEntry(practice, patientId, {
      kind: 'note',
      title: 'Pharmacist',
      text: 'Metformin interacts with contrast media',
    })
    const { words } = await okafor.visitor.get(queuePath)
    expect(words).toContain('Allergies in the record: Penicillin allergy (Rash, severe)')
    expect(words).toContain('Issued 1 March 2026 for 28 days, after 28 days')
    expect(words).toContain('10 January 2026 for 28 days, after 21 days')
    expect(words).toContain('112 days supplied in 102 days since 20 December 2025')
    expect(words).toContain('The record speaks of it Pharmacist. Metformin interacts with contrast')
  })

  test('warns of a medicine that is used faster than prescribed', async () => {
    const { practice, patientId, ids, okafor } = await aRequest()
    const medicationKey = ids[0] ?? ''
    for (const issuedOn of ['2026-01-20', '2026-02-03', '2026-02-17']) {
      await addIssue(db, practice, patientId, { medicationKey, issuedOn, durationDays: 28 })
    }
    const { words } = await okafor.visitor.get(queuePath)
    expect(words).toContain('Used faster than prescribed 112 days supplied in 71 days')
  })

  test('puts what is used faster than prescribed before what was asked for earlier that day', async () => {
    const practice = await aPractice(db)
    const medicine = (title: string) => [{ title, detail: reviewed }]
    const plain = await aPatientVisiting(practice, medicine('Plain 1mg tablets'))
    await order(plain.visitor, plain.ids)
    const fast = await aPatientVisiting(practice, medicine('Fast 1mg tablets'))
    const medicationKey = fast.ids[0] ?? ''
    for (const issuedOn of ['2026-01-20', '2026-02-03', '2026-02-17']) {
      await addIssue(db, practice, fast.patientId, { medicationKey, issuedOn, durationDays: 28 })
    }
    database.setNow(new Date('2026-04-01T09:05:00Z'))
    await order(fast.visitor, fast.ids)
    const okafor = await staff(practice, 'Dr Okafor', ['prescriber'])
    const { words } = await okafor.visitor.get(queuePath)
    expect(words.indexOf('Fast 1mg tablets')).toBeGreaterThan(0)
    expect(words.indexOf('Fast 1mg tablets')).toBeLessThan(words.indexOf('Plain 1mg tablets'))
    database.setNow(morning)
  })

  test('is refused past an alert that came after the person looked', async () => {
    const { practice, patientId, okafor, items } = await aRequest()
    await addEntry(practice, patientId, { kind: 'allergy', title: 'Metformin allergy' })
    const refused = await okafor.visitor.post(itemPath(items[0], 'approve'), { version: '1' })
    expect(refused.status).toBe(409)
    expect(refused.words).toContain('Allergy in the record: Metformin allergy')
    const page = await okafor.visitor.get(queuePath)
    const seen = hiddenField(page, 'seen')
    const approved = await okafor.visitor.post(itemPath(items[0], 'approve'), {
      version: '1',
      seen,
    })
    expect(approved.status).toBe(303)
  })

  test('says monitoring is due until a result or a day from staff shows that it was done', async () => {
    const { practice, patientId, okafor, items } = await aRequest()
    await flag(practice, { monitoringTest: 'renal function', monitoringDays: '90' })
    const due = await okafor.visitor.get(queuePath)
    expect(due.words).toContain('Monitoring due renal function: no result or date known')
    const link = /href="([^"]*\/monitoring\/[^"]*)"/.exec(due.html)?.[1] ?? ''
    expect((await okafor.visitor.post(link, { on: '2026-04-02' })).words).toContain(
      'must not be after today',
    )
    expect((await okafor.visitor.post(link, { on: '' })).status).toBe(400)
    expect((await okafor.visitor.post(link, { on: '2026-03-01' })).status).toBe(303)
    const done = await okafor.visitor.get(queuePath)
    expect(done.words).toContain('renal function: last 1 March 2026, next due 30 May 2026')
    expect(done.words).not.toContain('Monitoring due')

    await addEntry(practice, patientId, {
      kind: 'result-group',
      title: 'Renal function tests',
      at: '2026-03-20T09:00:00Z',
    })
    expect((await okafor.visitor.get(queuePath)).words).toContain('last 20 March 2026')
    expect(items).toHaveLength(1)
  })
})

describe('approving another quantity', () => {
  test('is let through when lower, refused when higher, and the patient’s order says it', async () => {
    const { okafor, items } = await aRequest()
    const path = itemPath(items[0], 'quantity')
    const page = await okafor.visitor.get(path)
    expect(page.words).toContain('The usual quantity is 28 tablet, which lasts 28 days.')
    const more = await okafor.visitor.post(path, { version: '1', count: '56' })
    expect(more.status).toBe(400)
    expect(more.words).toContain('only be lowered')
    expect((await okafor.visitor.post(path, { version: '1', count: 'lots' })).status).toBe(400)
    const less = await okafor.visitor.post(path, { version: '1', count: '14' })
    expect(less.status).toBe(303)
    expect((await okafor.visitor.get(less.location ?? '')).words).toContain(
      'You approved Metformin 500mg tablets for Ann Patel, 14 tablet',
    )
  })

  test('is the only way where a review is overdue and one smaller supply is allowed', async () => {
    const practice = await aPractice(db)
    await db.transaction(systemProof(practice), (tx) =>
      setOrderRules(tx, { reviewOverdue: 'allow-once-reduced', reducedDays: 7 }),
    )
    const patient = await aPatientVisiting(practice, [{ detail: { reviewOn: '2026-03-15' } }])
    await order(patient.visitor, patient.ids)
    const { visitor } = await staff(practice, 'Dr Okafor', ['prescriber'])
    const page = await visitor.get(queuePath)
    expect(page.words).toContain('Approve a smaller supply')
    const [item] = itemsOn(page)
    const seen = 'review-overdue'
    const usual = await visitor.post(itemPath(item, 'approve'), { version: '1', seen })
    expect(usual.words).toContain('Only a smaller supply can be approved')
    const path = itemPath(item, 'quantity')
    expect((await visitor.get(path)).html).toContain('value="7"')
    const wrong = await visitor.post(path, { version: '1', seen, count: '8' })
    expect(wrong.words).toContain('longer than 7 days')
    expect((await visitor.post(path, { version: '1', seen, count: '7' })).status).toBe(303)
  })
})

describe('asking the patient', () => {
  test('makes the request wait for the answer, and it comes back with it', async () => {
    const { practice, okafor, items, visitor, path } = await aRequest()
    const ask = itemPath(items[0], 'ask')
    expect((await okafor.visitor.post(ask, { version: '1', question: ' ' })).words).toContain(
      'Enter your question',
    )
    const asked = await okafor.visitor.post(ask, { version: '1', question: 'Which strength?' })
    expect(asked.status).toBe(303)
    const waiting = await okafor.visitor.get(queuePath)
    expect(waiting.words).toContain('Nothing is waiting.')
    expect(waiting.words).toContain('Asked the patient (1)')
    const inAsked = await okafor.visitor.get(`${queuePath}?view=asked`)
    expect(inAsked.words).toContain('Which strength? Not answered yet.')
    expect((await visitor.get(path)).words).toContain('Which strength?')
    const jobs = await jobsOf(practice, 'prescriptions.send-question')
    expect(jobs).toHaveLength(1)

    const twice = await okafor.visitor.post(ask, { version: '1', question: 'Which strength?' })
    expect(twice.status).toBe(303)
    expect(await jobsOf(practice, 'prescriptions.send-question')).toHaveLength(1)
    const other = await okafor.visitor.post(ask, { version: '1', question: 'Another?' })
    expect(other.status).toBe(409)
    expect(other.words).toContain('Dr Okafor asked the patient about it')
  })

  test('is for reception too, with a word on what not to ask', async () => {
    const { practice, items } = await aRequest()
    const desk = await staff(practice, 'Sam Reed', ['receptionist'])
    const ask = itemPath(items[0], 'ask')
    expect((await desk.visitor.get(ask)).words).toContain('If it is about health')
    const asked = await desk.visitor.post(ask, { version: '1', question: 'Which pharmacy?' })
    expect(asked.status).toBe(303)
  })
})

describe('taking in hand and passing on', () => {
  test('says who has it, lists it as theirs, and tells whoever had it open', async () => {
    const { practice, items, okafor, visitor, path } = await aRequest()
    const sam = await staff(practice, 'Sam Reed', ['receptionist'])
    const taken = await sam.visitor.post(itemPath(items[0], 'receive'), { version: '1' })
    expect(taken.status).toBe(303)
    expect((await sam.visitor.get(taken.location ?? '')).words).toContain('You have it in hand')
    expect((await sam.visitor.post(itemPath(items[0], 'receive'), { version: '1' })).status).toBe(
      303,
    )
    expect((await visitor.get(path)).words).toContain('your GP surgery is looking at it')
    const stale = await okafor.visitor.post(itemPath(items[0], 'approve'), { version: '1' })
    expect(stale.status).toBe(409)
    expect(stale.words).toContain('Sam Reed has it in hand')

    const passOn = itemPath(items[0], 'pass-on')
    expect((await sam.visitor.post(passOn, { version: '2' })).words).toContain('Choose a colleague')
    const page = await sam.visitor.get(passOn)
    expect(page.words).toContain('Dr Okafor, Staff')
    const fields = { version: '2', to: okafor.staffId, note: 'She rang about it' }
    expect((await sam.visitor.post(passOn, fields)).status).toBe(303)
    const mine = await okafor.visitor.get(`${queuePath}?view=mine`)
    expect(mine.words).toContain('In my hands (1)')
    expect(mine.words).toContain(
      'Sam Reed to Dr Okafor, Wednesday 1 April 2026 at 10:00am: She rang',
    )
    expect((await visitor.get(path)).html).not.toContain('She rang')
    expect(
      (await okafor.visitor.post(itemPath(items[0], 'approve'), { version: '3' })).status,
    ).toBe(303)
  })

  test('is not to somebody who may not triage', async () => {
    const { practice, items, okafor } = await aRequest()
    const lead = await staff(practice, 'Kim Shaw', ['ig-lead'])
    const page = await okafor.visitor.get(itemPath(items[0], 'pass-on'))
    expect(page.words).not.toContain('Kim Shaw')
    const fields = { version: '1', to: lead.staffId }
    const refused = await okafor.visitor.post(itemPath(items[0], 'pass-on'), fields)
    expect(refused.status).toBe(409)
    expect(refused.words).toContain('may not take prescription requests')
  })
})

describe('approving many at once', () => {
  test('takes those that nothing speaks against, and leaves the others with why', async () => {
    const { okafor, items, page } = await aRequest([
      { title: 'Atorvastatin 20mg tablets', detail: reviewed },
      { title: 'Metformin 500mg tablets', detail: reviewed },
      { title: 'Ramipril 5mg capsules', detail: { reviewOn: '2026-03-15' } },
    ])
    expect(page.words).toContain('2 requests on this page have no alert, flag or note')
    expect(page.html.match(/name="item"/g)).toHaveLength(2)
    const item = items.map((id) => `${id}:1`)
    const done = await okafor.visitor.post(`${queuePath}/approve`, { item })
    expect(done.status).toBe(409)
    expect(done.words).toContain('2 requests approved, 1 not')
    expect(done.words).toContain('Ramipril 5mg capsules for Ann Patel. There is an alert.')
    const left = await okafor.visitor.get(queuePath)
    expect(left.words).toContain('To decide (1)')
    const again = await okafor.visitor.post(`${queuePath}/approve`, { item: item.slice(0, 1) })
    expect(again.status).toBe(item[0]?.startsWith(itemsOn(left)[0] ?? '-') ? 409 : 200)
  })

  test('never takes one with a note, with a flag, or where the practice has it off', async () => {
    const noted = await aRequest([{ detail: reviewed }], 'Please hurry')
    const item = noted.items.map((id) => `${id}:1`)
    expect((await noted.okafor.visitor.post(`${queuePath}/approve`, { item })).words).toContain(
      'The patient wrote a note.',
    )
    const flagged = await aRequest()
    await flag(flagged.practice, { isControlled: 'yes' })
    const second = flagged.items.map((id) => `${id}:1`)
    const refused = await flagged.okafor.visitor.post(`${queuePath}/approve`, { item: second })
    expect(refused.words).toContain('There is an alert.')
    expect((await flagged.okafor.visitor.post(`${queuePath}/approve`)).words).toContain(
      'Nothing was ticked',
    )
  })

  test('tells of one that somebody else decided meanwhile', async () => {
    const { practice, okafor, items } = await aRequest()
    const lewis = await staff(practice, 'Dr Lewis', ['prescriber'])
    await lewis.visitor.post(itemPath(items[0], 'approve'), { version: '1' })
    const item = items.map((id) => `${id}:1`)
    const late = await okafor.visitor.post(`${queuePath}/approve`, { item })
    expect(late.words).toContain('Dr Lewis approved it on')
  })
})

describe('handing out at the practice', () => {
  test('goes from approved to ready, of which the patient is told, to collected', async () => {
    const { practice, okafor, items, visitor, path } = await aRequest()
    await okafor.visitor.post(itemPath(items[0], 'approve'), { version: '1' })
    const sam = await staff(practice, 'Sam Reed', ['receptionist'])
    const list = await sam.visitor.get(`${queuePath}/collecting`)
    expect(list.words).toContain('Metformin 500mg tablets')
    expect(list.words).toContain('To be printed or dispensed')
    expect((await sam.visitor.post(itemPath(items[0], 'ready'), { version: '2' })).status).toBe(303)
    expect(await jobsOf(practice, 'prescriptions.send-ready')).toHaveLength(1)
    expect((await visitor.get(path)).words).toContain('Ready to collect')
    expect((await sam.visitor.post(itemPath(items[0], 'collected'), { version: '3' })).status).toBe(
      303,
    )
    expect((await sam.visitor.get(`${queuePath}/collecting`)).words).toContain(
      'Nothing to hand out',
    )
    const again = await sam.visitor.post(itemPath(items[0], 'not-collected'), { version: '4' })
    expect(again.status).toBe(409)
  })
})

describe('a flag', () => {
  test('keeps a medicine from being ordered online, and the patient sees why', async () => {
    const practice = await aPractice(db)
    const { visitor, ids } = await aPatientVisiting(practice, [{ detail: reviewed }])
    const manager = await flag(practice, { hiddenOnline: 'yes' })
    const page = await visitor.get('/prescriptions')
    expect(page.words).toContain('Metformin 500mg tablets')
    expect(page.words).toContain('Your GP surgery does not take orders for this online.')
    expect(page.words).toContain('Ask your GP surgery for it')
    const key = newId(morning)
    const fields = { medicine: ids, idempotencyKey: key, destination: 'paper' }
    expect((await visitor.post('/prescriptions/orders', fields)).status).toBe(409)

    const list = await manager.get(`${settings}/medicines`)
    expect(list.words).toContain('Not for ordering online 1 April 2026, by Kim Shaw'.slice(0, 23))
    const one = /href="([^"]*settings\/medicines\/[0-9a-f-]{36})"/.exec(list.html)?.[1] ?? ''
    const changed = { name: 'Metformin', words: 'metformin', needsConversation: 'yes' }
    expect((await manager.post(one, changed)).status).toBe(303)
    expect((await visitor.get('/prescriptions')).words).toContain(
      'Your GP surgery wants to speak to you',
    )
    expect((await manager.post(`${one}/end`)).status).toBe(303)
    expect((await visitor.get('/prescriptions')).words).toContain('You can order now')
    expect((await manager.post(`${one}/end`)).status).toBe(404)
  })

  test('tells every fault at once, and is not another practice’s', async () => {
    const practice = await aPractice(db)
    const manager = await staff(practice, 'Kim Shaw', ['practice-manager'])
    const wrong = await manager.visitor.post(`${settings}/medicines`, {
      name: '',
      code: 'abc',
      monitoringDays: '0',
    })
    expect(wrong.status).toBe(400)
    for (const words of ['Enter what you call it', '6 to 18 digits', 'from 1 to 1100']) {
      expect(wrong.words).toContain(words)
    }
    const empty = await manager.visitor.post(`${settings}/medicines`, { name: 'Anything' })
    expect(empty.words).toContain('Enter words of its name, or its code')
    expect(empty.words).toContain('Choose what the flag says')

    const other = await aPractice(db)
    const elsewhere = await flag(other, { isControlled: 'yes' })
    const list = await elsewhere.get(`${settings}/medicines`)
    const one = /href="([^"]*settings\/medicines\/[0-9a-f-]{36})"/.exec(list.html)?.[1] ?? ''
    expect((await manager.visitor.get(one)).status).toBe(404)
  })
})

describe('the settings', () => {
  test('show what would change before saving, then since when and by whom', async () => {
    const { practice, visitor } = await aRequest()
    const manager = await staff(practice, 'Kim Shaw', ['practice-manager'])
    const page = await manager.visitor.get(settings)
    expect(page.words).toContain('Nobody has changed it.')
    const now = fieldsOf(page)
    const wrong = await manager.visitor.post(`${settings}/check`, { ...now, earlyDays: '99' })
    expect(wrong.status).toBe(400)
    expect(wrong.words).toContain('Early ordering window: enter a whole number from 0 to 60')
    const note = { noteAllowed: 'no', noteRequired: 'yes' }
    expect((await manager.visitor.post(`${settings}/check`, { ...now, ...note })).words).toContain(
      'A note cannot be needed where notes are not allowed',
    )
    const later = { ...now, orderingOpen: 'no', lateAfterDays: '1' }
    const check = await manager.visitor.post(`${settings}/check`, later)
    expect(check.words).toContain('Nobody can order online. What waits now stays: 1 request')
    expect(check.words).toContain('Late after Now 5 days Then 1 day What that does')
    const before = hiddenField(check, 'before').replaceAll('&quot;', '"')
    expect((await manager.visitor.post(settings, { ...later, before })).status).toBe(303)
    expect((await manager.visitor.get(settings)).words).toContain(
      'As it is since 1 April 2026, set by Kim Shaw.',
    )
    expect((await visitor.get('/prescriptions')).words).toContain('1 April 2026')
    const stale = await manager.visitor.post(settings, { ...later, earlyDays: '3', before })
    expect(stale.status).toBe(400)
    expect(stale.words).toContain('Nothing was saved')
  })

  test('say so where nothing would change', async () => {
    const practice = await aPractice(db)
    const manager = await staff(practice, 'Kim Shaw', ['practice-manager'])
    const now = fieldsOf(await manager.visitor.get(settings))
    expect((await manager.visitor.post(`${settings}/check`, now)).words).toContain(
      'Nothing would change',
    )
  })
})

describe('what is late', () => {
  test('is an approval too that goes nowhere for longer than the practice settled', async () => {
    const { practice, okafor, items, path, signIn } = await aRequest()
    await db.transaction(systemProof(practice), (tx) => setOrderRules(tx, { approvedAlarmDays: 3 }))
    await okafor.visitor.post(itemPath(items[0], 'approve'), { version: '1' })
    for (const [day, isLate] of [
      ['2026-04-04', false],
      ['2026-04-05', true],
      ['2026-04-29', true],
      ['2026-04-30', false],
    ] as const) {
      database.setNow(new Date(`${day}T09:00:00Z`))
      const late = await (await okafor.signIn()).get(`${queuePath}/late`)
      expect(late.words.includes('Approved on 1 April 2026'), day).toBe(isLate)
      const order = await (await signIn()).get(path)
      expect(order.words.includes('This is taking longer than it should.'), day).toBe(isLate)
    }
    database.setNow(morning)
  })

  test('is marked, counted, listed with who has it, and told once each morning', async () => {
    const { practice, okafor } = await aRequest()
    database.setNow(new Date('2026-04-06T09:00:00Z'))
    const kim = await okafor.signIn()
    expect((await kim.get(queuePath)).words).not.toContain('Late 5 days')
    expect(await dueJobs(practice)).toBe(true)
    database.setNow(new Date('2026-04-07T09:00:00Z'))
    const visitor = await okafor.signIn()
    expect((await visitor.get(queuePath)).words).toContain(
      'Waiting Late 6 days, since 1 April 2026',
    )
    while (await dueJobs(practice)) continue
    const late = await visitor.get(`${queuePath}/late`)
    expect(late.words).toContain('Ann Patel')
    expect(late.words).toContain('6 days')
    expect(late.words).toContain(
      'Day 7 April 2026 Late that morning 1 The oldest waited since 1 April 2026',
    )
    database.setNow(new Date('2026-04-07T12:00:00Z'))
    while (await dueJobs(practice)) continue
    const jobs = await jobsOf(practice, tellLateJob.kind)
    expect(jobs.filter((job) => !job.isDone)).toHaveLength(1)
    database.setNow(morning)
  })
})

async function dueJobs(practice: OdsCode): Promise<boolean> {
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update jobs.job set done_at = ${db.now()}
      where done_at is null and kind <> ${tellLateJob.kind}`),
  )
  const log = { error: () => undefined, warn: () => undefined, info: () => undefined }
  return runDueJobs(db, new Map([[tellLateJob.kind, tellLateJob]]), log)
}

async function jobsOf(practice: OdsCode, kind: string) {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly isDone: boolean }>(sql`
      select done_at is not null as is_done from jobs.job
      where practice = ${practice} and kind = ${kind} order by job_id limit 20`),
  )
}

function fieldsOf(page: Answer): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [tag] of page.html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    const value = /value="([^"]*)"/.exec(tag)?.[1] ?? ''
    const isRadio = tag.includes('type="radio"')
    if (name && name !== '_csrf' && (!isRadio || / checked/.test(tag))) fields[name] = value
  }
  return fields
}
