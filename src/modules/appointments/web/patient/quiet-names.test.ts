import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { openAccess } from '#modules/access'
import { actingFor, anAccount } from '../../../../../test/support/surgery.ts'
import {
  aPatientSide,
  bookedBy,
  openPatientPages,
  type PatientSide,
} from '../../../../../test/support/patient-side.ts'
import type { TestDatabase } from '../../../../../test/support/database.ts'
import { hiddenField, signedIn } from '../../../../../test/support/visitor.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-05T09:00:00Z')
let base: TestDatabase
let app: FastifyInstance
let close: () => Promise<void>

beforeAll(async () => {
  const pages = await openPatientPages(now)
  base = pages.database
  app = pages.app
  close = () => pages.close()
})
afterAll(() => close())

/** TR-4: what a patient wants to hear in person, or keeps private, is not told by an appointment's name. */
test('the name of an appointment that the practice made tells nothing the patient wants to hear in person', async () => {
  const side = await aPatientSide(app)
  const { patient, patientId } = await side.someone()
  await choose(side.practice, patientId, 'tell-in-person', 'cancer')
  const slotId = await named(side, startsAt, 'Breast lump clinic')
  const own = await named(side, minutesAfter(startsAt, 60), 'Biopsy result')
  const path = await bookedBy(patient, slotId)
  const ownPath = await bookedBy(patient, own)
  await asIfStaffBooked(side.practice, slotId)
  for (const place of ['/appointments', path]) {
    const { words } = await patient.get(place)
    expect(words).not.toMatch(/lump/i)
  }
  expect((await patient.get(ownPath)).words).toContain('Biopsy result')
})

test('whoever acts for the patient reads no name that the patient keeps private', async () => {
  const side = await aPatientSide(app)
  const { patient, patientId } = await side.someone()
  const slotId = await named(side, startsAt, 'Counselling')
  const path = await bookedBy(patient, slotId)
  const proxy = await aProxy(side, patientId)
  expect((await proxy.get(path)).words).toContain('Counselling')
  await choose(side.practice, patientId, 'keep-private', 'mental-health')
  expect((await proxy.get(path)).words).not.toContain('Counselling')
  expect((await patient.get(path)).words).toContain('Counselling')
})

/** PX-1: somebody once linked as the patient by mistake, and put right, is no longer the patient. */
test('whoever was taken for the patient before, and now acts for them, reads nothing private either', async () => {
  const side = await aPatientSide(app)
  const { patient, patientId } = await side.someone()
  const slotId = await named(side, startsAt, 'Counselling')
  const path = await bookedBy(patient, slotId)
  await choose(side.practice, patientId, 'keep-private', 'mental-health')
  const proxy = await aProxy(side, patientId)
  expect((await proxy.get(path)).words).not.toContain('Counselling')
  await base.db.transaction(systemProof(side.practice), (tx) =>
    tx.run(sql`
      insert into access.association (practice, association_id, account_id, patient_id, relation,
        appointments, prescriptions, record_current, record_historical, effective_from, starts_at,
        ends_at)
      select practice, ${newId(tx.now)}, account_id, patient_id, 'self', appointments,
        prescriptions, record_current, record_historical, effective_from,
        starts_at - interval '2 days', starts_at - interval '1 day'
      from access.association
      where practice = ${side.practice} and patient_id = ${patientId} and relation = 'proxy'
    `),
  )
  expect((await proxy.get(path)).words).not.toContain('Counselling')
  expect((await patient.get(path)).words).toContain('Counselling')
})

/** TR-4: the reason is free text, and may say what the name does not. */
test('whoever something is kept from reads no reason that was written, and takes none away by moving', async () => {
  const side = await aPatientSide(app)
  const { patient, patientId } = await side.someone()
  const slotId = await named(side, startsAt, 'GP appointment')
  const later = await named(side, minutesAfter(startsAt, 120), 'Nurse appointment')
  const path = await bookedBy(patient, slotId)
  const proxy = await aProxy(side, patientId)
  for (const place of [path, `${path}/move/${later}`])
    expect((await proxy.get(place)).words).toMatch(/my knee|what you wrote/i)
  await choose(side.practice, patientId, 'keep-private', 'pregnancy')
  for (const place of ['/appointments', path, `${path}/cancel`, `${path}/move/${later}`]) {
    const { words, status } = await proxy.get(place)
    expect(status).toBe(200)
    expect(words).not.toMatch(/my knee|what you wrote/i)
  }
  expect((await patient.get(path)).words).toContain('My knee')

  const form = await proxy.get(`${path}/move/${later}`)
  const moved = await proxy.post(`${path}/move`, {
    slot: hiddenField(form, 'slot'),
    idempotencyKey: hiddenField(form, 'idempotencyKey'),
  })
  const after = String(moved.location).replace(/\/moved$/, '')
  expect((await proxy.get(after)).words).not.toMatch(/my knee/i)
  expect((await patient.get(after)).words).toContain('My knee')
})

/** TR-4: why the surgery cancelled, and what a site is called, are free text too. */
test('whoever something is kept from reads no reason of the surgery, nor a site whose name tells', async () => {
  const side = await aPatientSide(app)
  const { patient, patientId } = await side.someone()
  const slotId = await named(side, startsAt, 'GP appointment')
  const path = await bookedBy(patient, slotId)
  const proxy = await aProxy(side, patientId)
  const siteId = newId(now)
  await base.db.transaction(systemProof(side.practice), async (tx) => {
    await tx.run(sql`
      insert into directory.site (practice, site_id, name, address_lines, postcode)
      values (${side.practice}, ${siteId}, 'Counselling House', ${['2 Mill Lane']}, 'LS1 4AB')
    `)
    await tx.run(sql`
      update appointments.session set site_id = ${siteId}
      where practice = ${side.practice}
        and session_id = (
          select session_id from appointments.slot
          where practice = ${side.practice} and slot_id = ${slotId})
    `)
  })
  expect((await proxy.get(path)).words).toContain('Counselling House')
  await choose(side.practice, patientId, 'keep-private', 'mental-health')
  const there = await proxy.get(path)
  expect(there.words).toContain('2 Mill Lane')
  expect(there.words).not.toContain('Counselling')
  expect((await patient.get(path)).words).toContain('Counselling House')

  for (const words of ['cancel_reason', 'change_words'] as const) {
    await base.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`
        update appointments.appointment
        set cancelled_at = ${tx.now}, cancelled_by = 'staff',
          cancel_reason = ${words === 'cancel_reason' ? 'Zqwhy' : null},
          change_words = ${words === 'change_words' ? 'Zqwhy' : null},
          change_told_at = ${words === 'change_words' ? tx.now : null}
        where practice = ${side.practice} and slot_id = ${slotId}
      `),
    )
    for (const place of [path, '/appointments', '/appointments/past'])
      expect((await proxy.get(place)).words).not.toContain('Zqwhy')
    expect((await patient.get(path)).words).toContain('Zqwhy')
  }
})

/** PX-9: how the patient is reached is not for those who act for them, unless that was decided. */
test('whoever acts for the patient reads no number that the patient gave to be phoned on', async () => {
  const side = await aPatientSide(app)
  const { patient, patientId } = await side.someone()
  const slotId = await side.slot({ startsAt, deliveryChannel: 'telephone' })
  const path = await bookedBy(patient, slotId, {
    phone: 'other',
    otherPhone: '07700 900982',
  })
  const proxy = await aProxy(side, patientId)
  const later = await side.slot({
    startsAt: minutesAfter(startsAt, 120),
    deliveryChannel: 'telephone',
  })
  for (const place of [path, `${path}/move/${later}`, `${path}/cancel`]) {
    const { status, html } = await proxy.get(place)
    expect(status).toBe(200)
    expect(html.replaceAll(' ', '')).not.toContain('07700900982')
  }
  expect((await patient.get(path)).words).toContain('07700 900982')
})

async function aProxy(side: PatientSide, patientId: Parameters<typeof actingFor>[1]) {
  const link = { practice: side.practice, subjectId: patientId, relation: 'proxy' as const }
  const account = await anAccount(base.db, 'patient', link)
  await base.db.transaction(systemProof(side.practice), (tx) =>
    openAccess(tx, {
      accountId: account,
      patientId,
      relation: 'proxy',
      appointments: 'manage',
      prescriptions: 'none',
      recordCurrent: 'none',
      recordHistorical: 'none',
      effectiveFrom: new Date(0),
    }),
  )
  return signedIn(app, account, link)
}

async function named(side: PatientSide, at: Date, name: string) {
  return side.slot({ startsAt: at, slotType: name, slotTypeId: await side.type({ name }) })
}

async function choose(
  practice: Parameters<typeof systemProof>[0],
  patientId: Parameters<typeof actingFor>[1],
  choice: string,
  subject: string,
): Promise<void> {
  const own = await base.db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly accountId: Parameters<typeof actingFor>[2] }>(sql`
      select account_id from access.association
      where practice = ${practice} and patient_id = ${patientId} and relation = 'self'
    `),
  )
  if (!own) throw new Error('The patient has no account')
  await base.db.transaction(actingFor(practice, patientId, own.accountId), (tx) =>
    tx.run(sql`
      insert into record.reading_choice
        (practice, choice_id, patient_id, choice, subject, chosen_at, chosen_by)
      values (${practice}, ${newId(tx.now)}, ${patientId}, ${choice}, ${subject}, ${tx.now},
        ${own.accountId})
    `),
  )
}

async function asIfStaffBooked(
  practice: Parameters<typeof systemProof>[0],
  slotId: string,
): Promise<void> {
  await base.db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update appointments.appointment set booked_by = 'staff'
      where practice = ${practice} and slot_id = ${slotId}
    `),
  )
}
