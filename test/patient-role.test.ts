import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { subjectPatterns } from '#kernel/subjects'
import { sql, systemProof, type Database } from '#platform/db'
import { recordAreas } from '#modules/access'
import { bookAppointment } from '#modules/appointments'
import { aClinic, aKey, aNewSlot, storedSlots } from './support/clinic.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aProxyFor, storedPatient } from './support/joining.ts'
import { privateSubjects } from '../src/modules/access/domain/proxies/reach.ts'
import { orderMedicines } from '../src/modules/prescriptions/commands/order-medicines.ts'
import { chooseReading } from '../src/modules/record/commands/reading/choose-reading.ts'
import { readSubjects } from '../src/modules/record/commands/reading/read-subjects.ts'
import { ownTrail, rowsOfRole } from './scan/role.ts'
import { aRecordPatient } from './support/readers.ts'
import { aWeight } from './support/record-builders.ts'
import { putItem } from './support/ordered.ts'
import { actingFor, addMedicines, aPatient, aPractice, aStaffMember } from './support/surgery.ts'

/** What the database itself refuses the role that works for patients, whatever a route might send. */
describe('the patient role, in SQL', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
    practice = await aPractice(db)
  })
  afterAll(() => database.drop())

  test('cannot free a slot that somebody else holds, nor block one', async () => {
    const holder = await aPatient(db, practice)
    const other = await aPatient(db, practice)
    const startsAt = new Date('2026-03-05T09:00:00Z')
    const [slotId] = await aClinic(db, practice, [aNewSlot({ startsAt })])
    if (slotId === undefined) throw new Error('No slot was made')
    const acting = actingFor<'appointments'>(practice, holder.patientId, holder.accountId)
    const booked = await bookAppointment(db, acting, {
      slotId,
      reason: '',
      idempotencyKey: aKey(db),
    })
    expect(booked.ok).toBe(true)

    const freed = await db.transaction(other.acting, (tx) =>
      tx.run(sql`update appointments.slot set state = 'free' where practice = ${practice}`),
    )
    expect(freed).toBe(0)
    await expect(
      db.transaction(holder.acting, (tx) =>
        tx.run(sql`update appointments.slot set state = 'blocked' where practice = ${practice}`),
      ),
    ).rejects.toThrow(/row-level security/)
    expect(await storedSlots(db, practice)).toMatchObject([{ state: 'booked', live: 1 }])
  })

  test('cannot order what is already approved, nor approve an order', async () => {
    const { patientId, acting } = await aPatient(db, practice)
    const [medicationId] = await addMedicines(db, practice, patientId, [{}])
    const orderId = newId(db.now())
    const order = sql`
      insert into prescriptions.medicine_order
        (practice, order_id, patient_id, ordered_at, ordered_by, note, idempotency_key)
      values (${practice}, ${orderId}, ${patientId}, ${db.now()}, 'patient', '', ${orderId})
    `
    const ask = (state: string) => sql`
      insert into prescriptions.order_item
        (practice, item_id, order_id, patient_id, medication_id, state, version, requested_at)
      values (${practice}, ${newId(db.now())}, ${orderId}, ${patientId}, ${medicationId}, ${state}, 1,
        ${db.now()})
    `
    await db.transaction(acting, async (tx) => {
      await tx.run(order)
      await tx.run(ask('requested'))
    })
    await expect(db.transaction(acting, (tx) => tx.run(ask('approved')))).rejects.toThrow(
      /row-level security/,
    )
    await expect(
      db.transaction(acting, (tx) =>
        tx.run(sql`
          update prescriptions.order_item set state = 'approved', decided_at = ${db.now()}
          where practice = ${practice}`),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('cannot take back what the practice has in hand, nor answer what was not asked', async () => {
    const { patientId, acting } = await aPatient<'prescriptions'>(db, practice)
    const medicationIds = await addMedicines(db, practice, patientId, [
      { detail: { lastIssuedOn: '2026-01-01' } },
    ])
    const ordered = await orderMedicines(db, acting, {
      medicationIds,
      note: '',
      idempotencyKey: newId(db.now()),
    })
    expect(ordered.ok).toBe(true)
    const staff = await aStaffMember(db, practice, { name: 'Sam Reed', roles: ['receptionist'] })
    const [item] = await db.transaction(acting, (tx) =>
      tx.many<{ readonly itemId: string }>(sql`
        select item_id from prescriptions.order_item
        where practice = ${practice} and medication_id = any(${medicationIds}::uuid[]) limit 2`),
    )
    const itemId = item?.itemId ?? ''
    const change = (columns: ReturnType<typeof sql>) =>
      db.transaction(acting, (tx) => tx.run(columns))
    const answering = sql`
      update prescriptions.order_item
      set state = 'received', answer = 'Yes', answered_at = ${db.now()}
      where practice = ${practice} and item_id = ${itemId}`
    const cancelling = sql`
      update prescriptions.order_item set state = 'cancelled', decided_at = ${db.now()}
      where practice = ${practice} and item_id = ${itemId}`
    const received = sql`
      update prescriptions.order_item set state = 'received'
      where practice = ${practice} and item_id = ${itemId}`
    await expect(change(received)).rejects.toThrow(/row-level security/)
    await expect(change(answering)).rejects.toThrow(/answered_what_was_asked/)

    await putItem(db, staff.acting, itemId, { state: 'asked', at: db.now(), question: 'Why?' })
    await expect(change(cancelling)).rejects.toThrow(/taken_back_only_before_received/)
    await expect(
      change(sql`
        update prescriptions.order_item set prescription_id = 'mine'
        where practice = ${practice} and item_id = ${itemId}`),
    ).rejects.toThrow(/permission denied/)
    await putItem(db, staff.acting, itemId, { state: 'received', at: db.now() })
    expect(await change(cancelling)).toBe(0)
  })

  /** CO-4, PX-9: a choice is as private as what it is about. */
  test('reads the same for whoever acts for a patient, whatever the patient chose', async () => {
    const weight = aWeight({ sourceKey: 'weight' })
    const { patientId, accountId } = await aRecordPatient(db, practice, [weight])
    const patient = await storedPatient(db, practice, patientId)
    const grant = {
      appointments: 'manage',
      prescriptions: 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
    } as const
    const reach = { areas: [...recordAreas], subjects: [...privateSubjects] }
    const trusted = await aProxyFor(db, practice, patient, { grant, reach })
    const other = await aProxyFor(db, practice, patient, { grant })
    const readings = () =>
      db.transaction(systemProof(practice), (tx) => readSubjects(tx, patientId))
    await readings()
    const client = new pg.Client(database.settings)
    await client.connect()
    const read = async () => {
      const of = (by: string, relation?: string) =>
        rowsOfRole(client, { practice, patientId, accountId: by }, relation)
      const proxies = [trusted.accountId, other.accountId]
      const bySql = await Promise.all(
        [trusted, other].map(({ acting }) =>
          db.transaction(acting, (tx) =>
            tx.maybe<{ readonly looks: boolean }>(sql`select record.has_own_choice() as looks`),
          ),
        ),
      )
      const rows: string[] = []
      for (const by of proxies) rows.push(await of(by), await of(by, ownTrail))
      return { bySql, rows, patients: await of(accountId) }
    }
    try {
      const before = await read()
      const self = { ...actingFor<'record'>(practice, patientId, accountId), as: 'self' as const }
      await db.transaction(self, (tx) =>
        chooseReading(tx, { tellInPerson: ['cancer'], keepPrivate: ['pregnancy'] }),
      )
      await readings()
      const after = await read()
      expect(before.rows[0]).toContain('weight')
      expect(after.patients).toContain('pregnancy')
      expect(after.patients).not.toBe(before.patients)
      expect(after.rows).toEqual(before.rows)
      expect(after.bySql).toEqual(before.bySql)
      await expect(
        db.transaction(trusted.acting, (tx) =>
          tx.run(sql`select from record.published_choice_on_reader`),
        ),
      ).rejects.toThrow(/permission denied/)
    } finally {
      await client.end()
    }
  })

  /** Names of appointments are read in SQL, by the patterns that entries are read by in TypeScript. */
  test('finds in the name of an appointment what is found in entries', async () => {
    const found = await db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly body: string }>(sql`
        select prosrc as body from pg_proc where oid = 'record.subjects_of_words'::regproc`),
    )
    const body = (found?.body ?? '').replaceAll(/'\s*\n\s*'/g, '')
    const known = [...body.matchAll(/\('([a-z-]+)',\s*'(.*)'\)/g)]
    // The end of a word is written \M there.
    expect(known.map(([, subject, pattern]) => [subject, pattern])).toEqual(
      subjectPatterns.map(([subject, { source }]) => [subject, source.replaceAll('\\b', '\\M')]),
    )
  })

  test('reads views only that keep what a reader asks behind what they show', async () => {
    const admin = new pg.Client(database.settings)
    await admin.connect()
    const { rows } = await admin.query<{ name: string; isBarrier: boolean }>(`
      select oid::regclass::text as name,
        coalesce('security_barrier=true' = any (reloptions), false) as "isBarrier"
      from pg_class
      where relkind = 'v'
        and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        and has_any_column_privilege('po_patient', oid, 'select')`)
    await admin.end()
    expect(rows.map(({ name }) => name)).toContain('record.shown_in_order')
    expect(rows.filter(({ isBarrier }) => !isBarrier)).toEqual([])
  })

  test('sees no entry, decision, document, job, event or account', async () => {
    const { acting } = await aPatient(db, practice)
    const tables = [
      sql`select from record.entry`,
      sql`select from record.disclosure_decision`,
      sql`select from record.document_content`,
      sql`select from record.section_state`,
      sql`select from jobs.job`,
      sql`select from audit.event`,
      sql`select from accounts.account`,
    ]
    for (const reading of tables) {
      await expect(db.transaction(acting, (tx) => tx.run(reading))).rejects.toThrow(
        /permission denied/,
      )
    }
  })
})
