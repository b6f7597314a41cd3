import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { parseLocalDate } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import { savePractice } from '#modules/directory'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { dayOf } from '../domain/days.ts'
import { practiceAt } from '../domain/practice.ts'
import { required } from '../domain/random.ts'
import { demoTruth } from '../domain/truth.ts'
import { fillDemo, NotMadeUpError } from './fill-demo.ts'
import { fillPractice } from './fill-practice.ts'

const size = { practices: 2, patients: 70, seed: 5 }
const today = required(parseLocalDate('2026-11-22'))
const quietly = { today, onProgress: () => undefined }
const now = new Date('2026-11-22T09:30:00Z')

let made: TestDatabase
let owner: pg.Client

async function rows<Row extends object>(client: pg.Client, text: string): Promise<readonly Row[]> {
  return (await client.query<Row>(text)).rows
}

/** How much there is of the first practice, and how many accounts have a link to it. */
async function counts(client: pg.Client): Promise<object | undefined> {
  const tables = [
    'directory.patient',
    'record.entry',
    'record.disclosure_decision',
    'appointments.slot',
    'appointments.appointment',
    'prescriptions.order_item',
    'accounts.link',
    'access.association',
  ]
  const columns = tables.map(
    (table, place) => `(select count(*) from ${table} where practice = 'A81001') as c${place}`,
  )
  const [found] = await rows(client, `select ${columns.join(', ')}`)
  return found
}

async function openOwner(database: TestDatabase): Promise<pg.Client> {
  const { connectionString = '' } = database.settings
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

beforeAll(async () => {
  made = await makeDatabase(now)
  owner = await openOwner(made)
  await fillDemo(made.db, { ...size, ...quietly })
})

afterAll(async () => {
  await owner.end()
  await made.drop()
})

describe('fillDemo', () => {
  test('releases none of the entries whose phrases must not be seen, and releases others', async () => {
    const released = await rows<{ practice: string; patient_id: string; words: string }>(
      owner,
      `
      select entry.practice, entry.patient_id, concat_ws(' ', entry.title, entry.text, entry.detail::text,
        entry.author, convert_from(content.bytes, 'UTF8')) as words
      from record.entry
      left join record.document_content content using (practice, entry_id)
      where (select outcome from record.disclosure_decision decision
        where decision.practice = entry.practice and decision.entry_id = entry.entry_id
        order by decision_no desc limit 1) = 'released'`,
    )
    const shown = new Map<string, string>()
    for (const row of released)
      shown.set(row.patient_id, `${shown.get(row.patient_id) ?? ''}\n${row.words}`)
    let phrases = 0
    for (const { patientId, secrets } of demoTruth(size, today)) {
      for (const { phrase } of secrets) {
        phrases++
        expect(shown.get(patientId) ?? '').not.toContain(phrase)
      }
    }
    expect(phrases).toBeGreaterThan(80)
    expect(released.length).toBeGreaterThan(3000)
  })

  test('has people with orders waiting, appointments ahead and access of several kinds', async () => {
    const [found] = await rows<{ waiting: string; ahead: string; kinds: string }>(
      owner,
      `select
      (select count(*) from prescriptions.order_item where state = 'requested') as waiting,
      (select count(*) from appointments.appointment where starts_at > '${now.toISOString()}' and cancelled_at is null) as ahead,
      (select count(distinct (appointments, prescriptions, record_current, record_historical)) from access.association) as kinds`,
    )
    expect(Number(found?.waiting)).toBeGreaterThan(3)
    expect(Number(found?.ahead)).toBeGreaterThan(10)
    expect(Number(found?.kinds)).toBeGreaterThanOrEqual(5)
  })

  test('leaves what is whole as it is, whatever is asked for the second time', async () => {
    const before = await counts(owner)
    const report = await fillDemo(made.db, { ...size, seed: 9, patients: 80, ...quietly })
    expect(report).toMatchObject({ practices: 0, alreadyThere: 2, patients: 0 })
    expect(await counts(owner)).toEqual(before)
  })

  test('finishes a run that was killed, as it was begun, though asked with another seed and size', async () => {
    const other = await makeDatabase(now)
    const client = await openOwner(other)
    const plan = {
      practice: practiceAt(5, 0),
      seed: 5,
      patients: 70,
      today: dayOf(today),
      onProgress: () => undefined,
    }
    await expect(fillPractice(failingAfter(other.db, 2), plan)).rejects.toThrow('cut off')
    const [half] = await rows<{ patients: string }>(
      client,
      'select count(*) as patients from directory.patient',
    )
    expect(Number(half?.patients)).toBe(60)

    await fillDemo(other.db, { practices: 1, patients: 90, seed: 9, ...quietly })
    expect(await counts(client)).toEqual(await counts(owner))
    await client.end()
    await other.drop()
  })

  test('writes nothing where one of the codes is a practice that was not made up', async () => {
    const other = await makeDatabase(now)
    const client = await openOwner(other)
    const { code } = practiceAt(5, 1)
    await other.db.transaction(systemProof(code), (tx) =>
      savePractice(tx, {
        practice: code,
        name: 'A real one',
        addressLines: [],
        openingHours: '',
        isDemo: false,
      }),
    )
    await expect(fillDemo(other.db, { ...size, ...quietly })).rejects.toThrow(NotMadeUpError)
    const [found] = await rows<{ practices: string }>(
      client,
      'select count(*) as practices from directory.practice',
    )
    expect(Number(found?.practices)).toBe(1)
    await client.end()
    await other.drop()
  })
})

/** The same database for so many transactions; then as if the process had been killed. */
function failingAfter(db: Database, transactions: number): Database {
  let left = transactions
  return {
    ...db,
    transaction: (acting, work) => {
      if (left === 0) return Promise.reject(new Error('cut off'))
      left--
      return db.transaction(acting, work)
    },
  }
}
