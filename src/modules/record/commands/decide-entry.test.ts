import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { brokenConstraint, sql, systemProof, type Tx } from '#platform/db'
import type { Acting, Role, StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { asSomebodyElse } from '../../../../test/support/one-connection.ts'
import {
  aConsultation,
  aNote,
  aRecord,
  aWeight,
  store,
} from '../../../../test/support/record-builders.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../test/support/surgery.ts'
import type { IncomingEntry } from '../domain/entry.ts'
import { entryInContext } from '../queries/entry-in-context.ts'
import { heldCount, heldQueue } from '../queries/review.ts'
import { holdEntry, releaseEntry, withholdEntry } from './decide-entry.ts'
import { storeRecord } from './store-record.ts'

type Deciding = StaffActing<'decide-disclosure'>

let base: TestDatabase
let practice: OdsCode
let admin: pg.Client

beforeAll(async () => {
  base = await makeDatabase()
  practice = await aPractice(base.db)
  admin = new pg.Client(base.settings)
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await base.drop()
})

async function aRecordOf(entries: readonly IncomingEntry[]) {
  const patient = await aPatient(base.db, practice)
  await store(base.db, practice, patient.patientId, aRecord(entries))
  return { ...patient, acting: patient.acting as Acting<'record'> }
}

const staff = (...roles: readonly Role[]) =>
  aStaffMember<'decide-disclosure'>(base.db, practice, { name: `Dr ${roles[0]}`, roles })

async function asked(patientId: PatientId, key: string) {
  const { rows } = await admin.query<{ entry_id: Id<'Entry'>; content_hash: string; no: number }>(
    `select entry_id, content_hash, (select max(decision_no) from record.disclosure_decision d where d.entry_id = e.entry_id) as no
     from record.entry e where patient_id = $1 and source_key = $2`,
    [patientId, key],
  )
  const [row] = rows
  if (!row) throw new Error('no such entry')
  return {
    entryId: row.entry_id,
    seen: { decisionNo: row.no, contentHash: row.content_hash },
  }
}

const shown = async (acting: Acting<'record'>) =>
  (
    await base.db.transaction(acting, (tx) =>
      tx.many<{ sourceKey: string }>(
        sql`select source_key from record.shown_entry order by source_key`,
      ),
    )
  ).map((row) => row.sourceKey)

const run = <T>(acting: Deciding, work: (tx: Tx<Deciding>) => Promise<T>) =>
  base.db.transaction(acting, work)

const visit = [
  aConsultation({ sourceKey: 'c' }),
  aNote({ sourceKey: 'n', encounterKey: 'c', parentKey: 'c' }),
  aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'c' }),
  aNote({ sourceKey: 'apart' }),
]

describe('releaseEntry', () => {
  test('shows the entry from the next read on, and of its family what was asked for', async () => {
    const { patientId, acting } = await aRecordOf(visit)
    expect(await shown(acting)).toEqual(['w'])
    const decider = (await staff('clinician')).acting
    const other = await asked(patientId, 'c')
    const released = await run(decider, async (tx) =>
      releaseEntry(tx, { ...(await asked(patientId, 'n')), also: [other] }),
    )
    expect(released).toEqual({ ok: true, value: { count: 2 } })
    expect(await shown(acting)).toEqual(['c', 'n', 'w'])
  })

  test('releases nothing outside the family, whatever was asked for', async () => {
    const { patientId, acting } = await aRecordOf(visit)
    const decider = (await staff('clinician')).acting
    const outside = await asked(patientId, 'apart')
    const subject = await asked(patientId, 'n')
    await run(decider, (tx) => releaseEntry(tx, { ...subject, also: [outside] }))
    expect(await shown(acting)).toEqual(['n', 'w'])
  })

  test('releases nothing where what was to go with it is not as it was read', async () => {
    const { patientId, acting } = await aRecordOf(visit)
    const decider = (await staff('clinician')).acting
    const [subject, sibling] = [await asked(patientId, 'w'), await asked(patientId, 'n')]
    await run(decider, (tx) => holdEntry(tx, subject))
    const again = await asked(patientId, 'w')
    const release = (also: typeof sibling) =>
      run(decider, (tx) => releaseEntry(tx, { ...again, also: [also] }))
    const changed = [
      aNote({ sourceKey: 'n', encounterKey: 'c', parentKey: 'c', text: 'Daughter rang instead.' }),
    ]
    await store(base.db, practice, patientId, aRecord(changed, { isWhole: false }))
    expect(await release(sibling)).toEqual({ ok: false, refusal: { reason: 'family-changed' } })
    const now = await asked(patientId, 'n')
    await run(decider, (tx) => holdEntry(tx, now))
    expect(await release(now)).toEqual({ ok: false, refusal: { reason: 'family-changed' } })
    expect(await shown(acting)).toEqual([])
    expect(await release(await asked(patientId, 'n'))).toEqual({ ok: true, value: { count: 2 } })
    expect(await shown(acting)).toEqual(['n', 'w'])
  })

  test('refuses what the source marks', async () => {
    const { patientId, acting } = await aRecordOf([aNote({ sourceKey: 'n', markers: ['nopat'] })])
    const decider = (await staff('clinician')).acting
    const subject = await asked(patientId, 'n')
    expect(await run(decider, (tx) => releaseEntry(tx, { ...subject, also: [] }))).toEqual({
      ok: false,
      refusal: { reason: 'marked-by-source' },
    })
    expect(await shown(acting)).toEqual([])
  })

  test('does a decision sent twice once, and refuses one that somebody else has overtaken', async () => {
    const { patientId } = await aRecordOf([aNote({ sourceKey: 'n' })])
    const [one, two] = [(await staff('clinician')).acting, (await staff('ig-lead')).acting]
    const subject = await asked(patientId, 'n')
    const release = (acting: Deciding) =>
      run(acting, (tx) => releaseEntry(tx, { ...subject, also: [] }))
    expect(await release(one)).toMatchObject({ ok: true })
    expect(await release(one)).toMatchObject({ ok: true })
    expect(await release(two)).toEqual({ ok: false, refusal: { reason: 'decided-meanwhile' } })
    const { rows } = await admin.query(
      'select count(*)::int as n from record.disclosure_decision where entry_id = $1',
      [subject.entryId],
    )
    expect(rows).toEqual([{ n: 2 }])
  })

  test('lets one of two who decide at the same moment through', async () => {
    const { patientId } = await aRecordOf([aNote({ sourceKey: 'n' })])
    const deciders = await Promise.all([
      staff('clinician'),
      staff('clinician'),
      staff('clinician'),
      staff('clinician'),
    ])
    const subject = await asked(patientId, 'n')
    const outcomes = await Promise.allSettled(
      deciders.map(({ acting }) => run(acting, (tx) => releaseEntry(tx, { ...subject, also: [] }))),
    )
    const won = outcomes.filter((one) => one.status === 'fulfilled' && one.value.ok)
    expect(won).toHaveLength(1)
    for (const one of outcomes) {
      if (one.status === 'rejected')
        expect(brokenConstraint(one.reason)).toBe('disclosure_decision_pkey')
    }
  })

  test('refuses when the content changed since it was read', async () => {
    const { patientId } = await aRecordOf([aNote({ sourceKey: 'n' })])
    const subject = await asked(patientId, 'n')
    const decider = (await staff('clinician')).acting
    expect(
      await run(decider, (tx) =>
        releaseEntry(tx, { ...subject, seen: { ...subject.seen, contentHash: 'older' }, also: [] }),
      ),
    ).toEqual({ ok: false, refusal: { reason: 'content-changed' } })
  })

  test('finds no entry of another practice', async () => {
    const elsewhere = await aPractice(base.db)
    const { patientId } = await aRecordOf([aNote({ sourceKey: 'n' })])
    const { acting } = await aStaffMember<'decide-disclosure'>(base.db, elsewhere, {
      name: 'Dr Far',
      roles: ['clinician'],
    })
    const subject = await asked(patientId, 'n')
    expect(await run(acting, (tx) => releaseEntry(tx, { ...subject, also: [] }))).toEqual({
      ok: false,
      refusal: { reason: 'not-there' },
    })
  })
})

describe('withholdEntry', () => {
  const ground = { ground: 'third-party', reviewOn: '2027-01-01' as LocalDate } as const

  test('takes the whole consultation with it, each with ground, person and review date', async () => {
    const { patientId, acting } = await aRecordOf(visit)
    const decider = (await staff('ig-lead')).acting
    const subject = await asked(patientId, 'n')
    expect(await run(decider, (tx) => withholdEntry(tx, { ...subject, ...ground }))).toEqual({
      ok: true,
      value: { count: 3 },
    })
    expect(await shown(acting)).toEqual([])
    const { rows } = await admin.query(
      `select count(*)::int as n from record.disclosure_decision where patient_id = $1 and outcome = 'withheld' and ground = 'third-party' and review_on = '2027-01-01' and staff_id is not null`,
      [patientId],
    )
    expect(rows).toEqual([{ n: 3 }])
  })

  test('takes the codes taken from a document with it', async () => {
    const letter = aNote({ sourceKey: 'd', kind: 'document', title: 'Letter' })
    const coded = aWeight({ sourceKey: 'w', links: [{ relation: 'document', key: 'd' }] })
    const { patientId, acting } = await aRecordOf([letter, coded])
    const decider = (await staff('ig-lead')).acting
    const subject = await asked(patientId, 'd')
    await run(decider, (tx) => withholdEntry(tx, { ...subject, ...ground }))
    expect(await shown(acting)).toEqual([])
  })

  test('shows in its preview what goes with it and what stays', async () => {
    const { patientId } = await aRecordOf([
      ...visit,
      aWeight({ sourceKey: 'other', value: { number: 79, unit: 'kg' } }),
    ])
    const decider = (await staff('ig-lead')).acting
    const subject = await asked(patientId, 'w')
    const found = await run(decider, (tx) => entryInContext(tx, subject.entryId))
    expect(found?.family.map((one) => one.entry.sourceKey).toSorted()).toEqual(['c', 'n'])
    expect(found?.close.map((one) => one.entry.sourceKey)).toEqual(['other'])
  })

  test('needs a clinician for serious harm', async () => {
    const { patientId } = await aRecordOf([aNote({ sourceKey: 'n' })])
    const subject = await asked(patientId, 'n')
    const harm = {
      ...subject,
      ground: 'serious-harm',
      reviewOn: '2026-05-01' as LocalDate,
    } as const
    const lead = (await staff('safeguarding-lead')).acting
    expect(await run(lead, (tx) => withholdEntry(tx, harm))).toEqual({
      ok: false,
      refusal: { reason: 'needs-role', roles: ['clinician'] },
    })
    expect(
      await run((await staff('clinician')).acting, (tx) => withholdEntry(tx, harm)),
    ).toMatchObject({ ok: true })
    const after = await asked(patientId, 'n')
    expect(await run(lead, (tx) => releaseEntry(tx, { ...after, also: [] }))).toEqual({
      ok: false,
      refusal: { reason: 'needs-role', roles: ['clinician'] },
    })
  })

  test('leaves no clinical word in the audit trail', async () => {
    const { patientId } = await aRecordOf(visit)
    const subject = await asked(patientId, 'n')
    await run((await staff('clinician')).acting, (tx) =>
      withholdEntry(tx, { ...subject, ...ground, explanation: 'zqexplained' }),
    )
    const { rows } = await admin.query<{ details: string; type: string }>(
      "select type, details::text from audit.event where patient_id = $1 and type like 'record.entry%'",
      [patientId],
    )
    expect(rows.map((row) => row.type)).toEqual(['record.entry-withheld'])
    expect(rows[0]?.details).not.toMatch(/zq|third|Comment/)
  })
})

describe('an import and a withholding at the same moment', () => {
  const ground = { ground: 'third-party', reviewOn: '2027-01-01' as LocalDate } as const
  const letter = aNote({ sourceKey: 'd', kind: 'document', title: 'Letter' })
  const coded = aRecord(
    [aWeight({ sourceKey: 'w', links: [{ relation: 'document', key: 'd' }] })],
    { isWhole: false },
  )

  /** Until it waits for a lock, or has come through without one. */
  async function waitingOrDone(work: Promise<unknown>): Promise<void> {
    let isOver = false
    void work.then(
      () => (isOver = true),
      () => (isOver = true),
    )
    while (!isOver) {
      const { rows } = await admin.query(
        `select from pg_locks where not granted
           and database = (select oid from pg_database where datname = current_database())`,
      )
      if (rows.length > 0) return
    }
  }

  test('do not release what derives from the entry, the withholding being first', async () => {
    const { patientId, acting } = await aRecordOf([letter])
    const subject = await asked(patientId, 'd')
    const importing = await run((await staff('ig-lead')).acting, async (tx) => {
      expect(await withholdEntry(tx, { ...subject, ...ground })).toMatchObject({ ok: true })
      const work = asSomebodyElse(() => store(base.db, practice, patientId, coded))
      await waitingOrDone(work)
      return { work }
    })
    expect(await importing.work).toMatchObject({ stored: 1, released: 0, held: 1 })
    expect(await shown(acting)).toEqual([])
  })

  test('do not leave shown what derives from the entry, the import being first', async () => {
    const { patientId, acting } = await aRecordOf([letter])
    const subject = await asked(patientId, 'd')
    const decider = (await staff('ig-lead')).acting
    const withholding = await base.db.transaction(systemProof(practice), async (tx) => {
      expect(await storeRecord(tx, patientId, coded)).toMatchObject({ released: 1 })
      const work = asSomebodyElse(() =>
        run(decider, (own) => withholdEntry(own, { ...subject, ...ground })),
      )
      await waitingOrDone(work)
      return { work }
    })
    expect(await withholding.work).toEqual({ ok: true, value: { count: 2 } })
    expect(await shown(acting)).toEqual([])
  })
})

describe('holdEntry', () => {
  test('recalls what was released, with its family', async () => {
    const { patientId, acting } = await aRecordOf([
      aConsultation({ sourceKey: 'c' }),
      aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'c' }),
      aWeight({ sourceKey: 'z' }),
    ])
    expect(await shown(acting)).toEqual(['c', 'w', 'z'])
    const subject = await asked(patientId, 'w')
    expect(await run((await staff('clinician')).acting, (tx) => holdEntry(tx, subject))).toEqual({
      ok: true,
      value: { count: 2 },
    })
    expect(await shown(acting)).toEqual(['z'])
  })
})

describe('heldQueue', () => {
  test('holds what waits for a person, longest first, and not what the source marks, what was decided, or what is gone', async () => {
    const news = 'CT: likely pancreatic cancer with liver mets.'
    const own = await makeDatabase()
    const code = await aPractice(own.db)
    const { patientId } = await aPatient(own.db, code)
    const { acting } = await aStaffMember<'decide-disclosure'>(own.db, code, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    await store(
      own.db,
      code,
      patientId,
      aRecord([aNote({ sourceKey: 'old', text: news }), aNote({ sourceKey: 'gone' })]),
    )
    own.setNow(new Date('2026-03-03T08:00:00Z'))
    await store(
      own.db,
      code,
      patientId,
      aRecord([
        aNote({ sourceKey: 'old', text: news }),
        aNote({ sourceKey: 'new', kind: 'referral', text: 'See letter' }),
        aWeight({ sourceKey: 'shown' }),
        aNote({ sourceKey: 'marked', markers: ['diary'] }),
      ]),
    )
    const read = (filter: object) =>
      own.db.transaction(acting, async (tx) => ({
        rows: (await heldQueue(tx, filter, { limit: 10 })).map(
          (row) => `${row.kind} ${row.decidedAt.toISOString().slice(0, 10)}`,
        ),
        count: await heldCount(tx, filter, 100),
      }))
    expect(await read({})).toEqual({ rows: ['note 2026-03-02', 'referral 2026-03-03'], count: 2 })
    expect(await read({ kind: 'referral' })).toEqual({ rows: ['referral 2026-03-03'], count: 1 })
    expect(await read({ rule: 'text.harm.suspected' })).toEqual({
      rows: ['note 2026-03-02'],
      count: 1,
    })
    const [first] = await own.db.transaction(acting, (tx) => heldQueue(tx, {}, { limit: 1 }))
    const after = await own.db.transaction(acting, (tx) =>
      heldQueue(tx, {}, { limit: 5, ...(first && { after: first }) }),
    )
    expect(after.map((row) => row.kind)).toEqual(['referral'])
    await own.drop()
  })
})
