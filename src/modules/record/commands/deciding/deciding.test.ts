import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, localDateOf, parseLocalDate } from '#kernel/time'
import { brokenConstraint, sql, systemProof, type Statement, type Tx } from '#platform/db'
import type { Role, StaffActing } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatientWith, seenNow, shownTo } from '../../../../../test/support/decisions.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import {
  aConsultation,
  aNote,
  aRecord,
  aWeight,
  store,
} from '../../../../../test/support/record-builders.ts'
import { aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import type { IncomingEntry } from '../../domain/entry.ts'
import { dueForReview, heldQueue } from '../../queries/review.ts'
import { recalls } from '../../queries/review/recalls.ts'
import { proposedReleases, workCounts } from '../../queries/review/work.ts'
import { holdEntry, releaseEntry, withholdEntry } from '../decide-entry.ts'
import { askPatient } from './ask-patient.ts'
import { hideEntry } from './hide-entry.ts'
import { passOn } from './pass-on.ts'
import { recallEntry } from './recall-entry.ts'
import { releaseMany } from './release-many.ts'
import { releasePart } from './release-part.ts'
import { setDisclosure } from './set-disclosure.ts'

type Deciding = StaffActing<'decide-disclosure'>

let base: TestDatabase
let practice: OdsCode

beforeAll(async () => {
  base = await makeDatabase()
})
beforeEach(async () => {
  practice = await aPractice(base.db)
})
afterAll(() => base.drop())

const safeguarding: IncomingEntry = aNote({
  sourceKey: 's',
  text: 'Safeguarding: zqheld at risk of domestic abuse.',
})
const today = () => localDateOf(base.db.now())

async function staff(...roles: readonly Role[]): Promise<Deciding> {
  const { acting } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
    name: `Dr ${roles.join(' ')}`,
    roles,
  })
  return acting
}
const run = <T>(acting: Deciding, work: (tx: Tx<Deciding>) => Promise<T>) =>
  base.db.transaction(acting, work)
const withRecord = (...entries: readonly IncomingEntry[]) =>
  aPatientWith(base.db, practice, entries)
type Patient = Awaited<ReturnType<typeof withRecord>>
const seen = ({ patientId }: Patient, key: string) => seenNow(base.db, practice, patientId, key)
const release = async (by: Deciding, patient: Patient, key: string) => {
  const asked = await seen(patient, key)
  return run(by, (tx) => releaseEntry(tx, { ...asked, also: [] }))
}
const keysOf = async ({ acting }: Patient) => (await shownTo(base.db, acting)).keys

describe('what is held for safeguarding', () => {
  test('waits for the safeguarding lead, and for nobody else', async () => {
    await withRecord(safeguarding)
    const lead = await staff('safeguarding-lead')
    const rows = (lane: 'safeguarding-lead' | 'clinician') =>
      run(lead, (tx) => heldQueue(tx, { lane }, { limit: 5 }))
    expect(await rows('safeguarding-lead')).toHaveLength(1)
    expect(await rows('clinician')).toEqual([])
  })

  test('is shown once two different people released it, the lead being one of them', async () => {
    const patient = await withRecord(safeguarding)
    const [lead, clinician] = [await staff('safeguarding-lead'), await staff('clinician')]
    expect(await release(lead, patient, 's')).toEqual({
      ok: true,
      value: { count: 1, isProposed: true },
    })
    expect(await keysOf(patient)).toEqual([])
    expect(await run(clinician, proposedReleases)).toMatchObject([
      { lane: 'clinician', isOwn: false },
    ])
    expect(await release(lead, patient, 's')).toEqual({
      ok: false,
      refusal: { reason: 'same-person' },
    })
    expect(await release(clinician, patient, 's')).toEqual({ ok: true, value: { count: 1 } })
    expect(await keysOf(patient)).toEqual(['s'])
  })

  test('is not released by two who are not safeguarding leads, nor by a clerk at all', async () => {
    const patient = await withRecord(safeguarding)
    expect(await release(await staff('records-clerk'), patient, 's')).toMatchObject({
      refusal: { reason: 'needs-role' },
    })
    expect(await release(await staff('clinician'), patient, 's')).toMatchObject({ ok: true })
    expect(await release(await staff('ig-lead'), patient, 's')).toEqual({
      ok: false,
      refusal: { reason: 'needs-role', roles: ['safeguarding-lead'] },
    })
    expect(await keysOf(patient)).toEqual([])
  })

  test.each([
    ['alone, by whom it says', `staff_id, null, true`],
    ['by one person twice', `staff_id, staff_id, true`],
    ['alone, as if it did not take two', `staff_id, null, false`],
  ])('cannot be released %s, tried in SQL by the role of staff', async (_, who) => {
    const patient = await withRecord(safeguarding)
    const decider = await staff('safeguarding-lead')
    const { entryId, seen: at } = await seen(patient, 's')
    const [, first, two] = who.split(', ')
    const staffId = decider.staffId
    const insert: Statement = sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
         staff_id, first_staff_id, needs_two)
      values (${practice}, ${entryId}, 2, ${patient.patientId}, ${at.contentHash}, 'released',
        ${base.db.now()}, 'staff', ${staffId}, ${first === 'staff_id' ? staffId : undefined},
        ${two === 'true'})`
    const fault: unknown = await run(decider, (tx) => tx.run(insert)).catch((thrown) => thrown)
    expect(brokenConstraint(fault)).toMatch(/^sensitive_(release_by_two|hold_ends_by_two)$/)
    expect(await keysOf(patient)).toEqual([])
  })

  test('may be held again after two released it, and then takes two again', async () => {
    const patient = await withRecord(safeguarding)
    const [lead, clinician] = [await staff('safeguarding-lead'), await staff('clinician')]
    await release(lead, patient, 's')
    await release(clinician, patient, 's')
    const asked = await seen(patient, 's')
    expect(await run(clinician, (tx) => holdEntry(tx, asked))).toMatchObject({ ok: true })
    expect(await release(lead, patient, 's')).toMatchObject({ value: { isProposed: true } })
  })

  test('takes two again where it was withheld because of somebody else', async () => {
    const patient = await withRecord(aNote({ sourceKey: 'n', text: 'Seen.' }))
    const clinician = await staff('clinician')
    const asked = await seen(patient, 'n')
    const reviewOn = addDays(today(), 30)
    await run(clinician, (tx) => withholdEntry(tx, { ...asked, ground: 'third-party', reviewOn }))
    expect(await release(clinician, patient, 'n')).toMatchObject({ value: { isProposed: true } })
    expect(await keysOf(patient)).toEqual([])
    expect(await release(await staff('ig-lead'), patient, 'n')).toMatchObject({ ok: true })
    expect(await keysOf(patient)).toEqual(['n'])
  })
})

describe('a records clerk', () => {
  test('releases what no rule knows as plainly safe, and nothing that is to be read', async () => {
    const odd = aWeight({ sourceKey: 'w', value: { number: 900, unit: 'kg' } })
    const patient = await withRecord(odd, aNote({ sourceKey: 'n' }))
    const clerk = await staff('records-clerk')
    expect(await release(clerk, patient, 'n')).toMatchObject({ refusal: { reason: 'needs-role' } })
    expect(await release(clerk, patient, 'w')).toMatchObject({ ok: true })
    expect(await keysOf(patient)).toEqual(['w'])
  })

  test('passes on what is not theirs, and says what is in the wrong record', async () => {
    const patient = await withRecord(
      aWeight({ sourceKey: 'w', value: { number: 900, unit: 'kg' } }),
      aWeight({ sourceKey: 'x' }),
    )
    const clerk = await staff('records-clerk')
    const asked = await seen(patient, 'w')
    await run(clerk, (tx) => passOn(tx, { ...asked, lane: 'ig-lead' }))
    const rows = await run(clerk, (tx) => heldQueue(tx, { lane: 'ig-lead' }, { limit: 5 }))
    expect(rows.map((row) => row.entryId)).toEqual([asked.entryId])
    const other = await seen(patient, 'x')
    const misfiled = { ...other, ground: 'wrong-patient', reviewOn: addDays(today(), 7) } as const
    expect(await run(clerk, (tx) => withholdEntry(tx, misfiled))).toMatchObject({ ok: true })
    expect(await keysOf(patient)).toEqual([])
    expect(await release(clerk, patient, 'w')).toMatchObject({ ok: true })
  })

  test('releases many at once only where all are held for one rule of the lowest risk', async () => {
    const odd = (sourceKey: string) =>
      aWeight({ sourceKey, value: { number: 900, unit: 'kg' }, title: `Body weight` })
    const patient = await withRecord(odd('1'), odd('2'), odd('3'), safeguarding)
    const clerk = await staff('records-clerk')
    const entries = [await seen(patient, '1'), await seen(patient, '2'), await seen(patient, 's')]
    const stale = { ...entries[1], seen: { decisionNo: 9, contentHash: 'x' } }
    const many = (rule: string, of: typeof entries) =>
      run(clerk, (tx) => releaseMany(tx, { rule, entries: of }))
    expect(await many('text.unread', entries)).toMatchObject({
      refusal: { reason: 'not-low-risk' },
    })
    const [first, , third] = entries
    if (!first || !third || !stale.entryId) throw new Error('No entries')
    const asked = [first, { entryId: stale.entryId, seen: stale.seen }, third]
    expect(await many('not-cleared.measurement', asked)).toEqual({
      ok: true,
      value: { released: 1, changed: 2 },
    })
    expect(await keysOf(patient)).toEqual(['1'])
  })
})

describe('releasePart', () => {
  const note = aNote({
    sourceKey: 'n',
    text: 'Knee better. Zqneighbour told us that he falls. Plan: physio.',
  })
  const part = async (by: Deciding, patient: Patient, ...taken: readonly string[]) => {
    const asked = await seen(patient, 'n')
    return run(by, (tx) => releasePart(tx, { ...asked, taken }))
  }

  test('lets the role of patients read what is left, and the removed words nowhere', async () => {
    const patient = await withRecord(note)
    const taken = 'Zqneighbour told us that he falls.'
    expect(await part(await staff('clinician'), patient, taken)).toMatchObject({ ok: true })
    const { words } = await shownTo(base.db, patient.acting)
    expect(words).toContain('Knee better. Plan: physio.')
    expect(words).not.toMatch(/zqneighbour|falls/i)
    const leaking = sql`
      select source_key from record.shown_entry
      where practice = ${practice} and text ilike '%zqneighbour%'`
    expect(await base.db.transaction(patient.acting, (tx) => tx.many(leaking))).toEqual([])
    const kept = await base.db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly text: string }>(sql`
        select text from record.entry
        where practice = ${practice} and patient_id = ${patient.patientId}`),
    )
    expect(kept?.text).toBe(note.text)
  })

  test('says that it was decided meanwhile where the same person released the whole of it', async () => {
    const patient = await withRecord(note)
    const by = await staff('clinician')
    const asked = await seen(patient, 'n')
    const taken = ['Zqneighbour told us that he falls.']
    const both = () => run(by, (tx) => releasePart(tx, { ...asked, taken }))
    await run(by, (tx) => releaseEntry(tx, { ...asked, also: [] }))
    expect(await both()).toMatchObject({ ok: false, refusal: { reason: 'decided-meanwhile' } })
  })

  test('released twice with the same words taken out is released once', async () => {
    const patient = await withRecord(note)
    const by = await staff('clinician')
    const asked = await seen(patient, 'n')
    const once = (taken: string) => run(by, (tx) => releasePart(tx, { ...asked, taken: [taken] }))
    expect(await once('Zqneighbour told us that he falls.')).toMatchObject({ ok: true })
    expect(await once('Zqneighbour told us that he falls.')).toMatchObject({ ok: true })
    expect(await once('Plan: physio.')).toMatchObject({ ok: false })
  })

  test('shows no file of a letter of which a part is released', async () => {
    const bytes = new TextEncoder().encode('Seen in clinic. Zqneighbour rang.')
    const patient = await withRecord(
      aNote({ sourceKey: 'n', kind: 'document', content: { contentType: 'text/plain', bytes } }),
    )
    await part(await staff('clinician'), patient, 'Zqneighbour rang.', 'Neighbour rang, worried')
    const read = sql`select content_type from record.shown_document where practice = ${practice}`
    expect(await base.db.transaction(patient.acting, (tx) => tx.many(read))).toEqual([])
    const { words } = await shownTo(base.db, patient.acting)
    expect(words).toContain('Seen in clinic.')
    expect(words).not.toMatch(/zqneighbour/i)
  })

  test('is for clinicians, and not where whole entries are the rule', async () => {
    const patient = await withRecord(note)
    expect(await part(await staff('ig-lead'), patient, 'Knee better.')).toMatchObject({
      refusal: { reason: 'needs-role' },
    })
    const { acting } = await aStaffMember<'manage-practice'>(base.db, practice, {
      name: 'Max',
      roles: ['practice-manager'],
    })
    await base.db.transaction(acting, (tx) =>
      setDisclosure(tx, { wholeEntriesOnly: true, samplePercent: 2, clearsText: false }),
    )
    expect(await part(await staff('clinician'), patient, 'Knee better.')).toEqual({
      ok: false,
      refusal: { reason: 'whole-entries-only' },
    })
  })

  test('is held when the content changes, though rules would clear what it is now', async () => {
    const weight = aWeight({ sourceKey: 'n', text: 'Zqneighbour told us that he falls.' })
    const patient = await withRecord(weight)
    await part(await staff('clinician'), patient, 'Zqneighbour told us that he falls.')
    expect(await keysOf(patient)).toEqual(['n'])
    await store(base.db, practice, patient.patientId, aRecord([aWeight({ sourceKey: 'n' })]))
    expect(await keysOf(patient)).toEqual([])
  })

  test('of what takes two is what the second person had before them', async () => {
    const patient = await withRecord(
      aNote({ sourceKey: 'n', text: 'Safeguarding referral made. Knee better.' }),
    )
    await part(await staff('clinician'), patient, 'Safeguarding referral made.')
    expect(await keysOf(patient)).toEqual([])
    expect(await release(await staff('safeguarding-lead'), patient, 'n')).toMatchObject({
      ok: true,
    })
    const { words } = await shownTo(base.db, patient.acting)
    expect(words).toContain('Knee better.')
    expect(words).not.toMatch(/safeguarding/i)
  })

  test('of what takes two is released by a second person who takes out the same words', async () => {
    const patient = await withRecord(
      aNote({ sourceKey: 'n', text: 'Safeguarding referral made. Knee better.' }),
    )
    const taken = 'Safeguarding referral made.'
    const lead = await staff('clinician', 'safeguarding-lead')
    expect(await part(await staff('clinician'), patient, taken)).toMatchObject({
      value: { isProposed: true },
    })
    expect(await part(lead, patient, taken)).toEqual({ ok: true, value: { count: 1 } })
    expect(await keysOf(patient)).toEqual(['n'])
  })
})

describe('hideEntry', () => {
  const visit = [
    aConsultation({ sourceKey: 'c' }),
    aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'c' }),
  ]

  test('hides the whole visit until its day, and then asks a person instead of showing it', async () => {
    const patient = await withRecord(...visit)
    expect(await keysOf(patient)).toEqual(['c', 'w'])
    const clinician = await staff('clinician')
    const asked = await seen(patient, 'w')
    const until = addDays(today(), 3)
    const hidden = { ...asked, awaits: 'told', until } as const
    expect(await run(clinician, (tx) => hideEntry(tx, hidden))).toMatchObject({
      value: { count: 2 },
    })
    expect(await keysOf(patient)).toEqual([])
    const due = (day: typeof until) => run(clinician, (tx) => dueForReview(tx, day, 10))
    expect(await due(addDays(until, -1))).toEqual([])
    expect(await due(until)).toHaveLength(2)
    expect(await keysOf(patient)).toEqual([])
    await store(base.db, practice, patient.patientId, aRecord(visit))
    expect(await keysOf(patient)).toEqual([])
    expect(await release(clinician, patient, 'w')).toMatchObject({ ok: true })
    expect(await keysOf(patient)).toEqual(['w'])
  })

  test('keeps what changes hidden until the same day, and does not soften a withholding', async () => {
    const patient = await withRecord(...visit)
    const clinician = await staff('clinician')
    const reviewOn = addDays(today(), 30)
    const other = await seen(patient, 'c')
    await run(clinician, (tx) => withholdEntry(tx, { ...other, ground: 'serious-harm', reviewOn }))
    const asked = await seen(patient, 'w')
    await run(clinician, (tx) =>
      hideEntry(tx, { ...asked, awaits: 'day', until: addDays(today(), 5) }),
    )
    const changed = aWeight({
      sourceKey: 'w',
      encounterKey: 'c',
      parentKey: 'c',
      value: { number: 81, unit: 'kg' },
    })
    await store(base.db, practice, patient.patientId, aRecord([changed], { isWhole: false }))
    const due = await run(clinician, (tx) => dueForReview(tx, addDays(today(), 40), 10))
    expect(due.map((row) => [row.outcome, row.reviewOn])).toEqual([
      ['hidden', addDays(today(), 5)],
      ['withheld', reviewOn],
    ])
    expect(await keysOf(patient)).toEqual([])
  })

  test('of what is due says what the patient answered, when they were asked', async () => {
    const patient = await withRecord(aNote({ sourceKey: 'n', text: 'Seen.' }))
    const clinician = await staff('clinician')
    const asked = await seen(patient, 'n')
    await run(clinician, (tx) => askPatient(tx, { ...asked, until: addDays(today(), 14) }))
    expect(await run(clinician, (tx) => workCounts(tx, today()))).toMatchObject({ due: 0 })
    await base.db.transaction(patient.acting, (tx) =>
      tx.run(sql`
        update record.patient_question set answered_at = ${tx.now}, answer = 'show'
        where practice = ${practice}`),
    )
    expect(await run(clinician, (tx) => dueForReview(tx, today(), 5))).toMatchObject([
      { answer: 'show', awaits: 'answer' },
    ])
    expect(await keysOf(patient)).toEqual([])
    const entryOf = sql`select entry_id from record.patient_question where practice = ${practice}`
    await expect(base.db.transaction(patient.acting, (tx) => tx.many(entryOf))).rejects.toThrow(
      /permission denied/,
    )
  })
})

describe('recallEntry', () => {
  test('takes what was shown out of view at once, with what goes with it, and opens an incident', async () => {
    const patient = await withRecord(
      aConsultation({ sourceKey: 'c' }),
      aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'c' }),
    )
    const clinician = await staff('clinician')
    const asked = await seen(patient, 'w')
    const recall = () => run(clinician, (tx) => recallEntry(tx, { ...asked, cause: 'harm' }))
    expect(await recall()).toMatchObject({ ok: true })
    expect(await keysOf(patient)).toEqual([])
    expect(await run(clinician, (tx) => recalls(tx))).toMatchObject([
      { cause: 'harm', releasedBy: 'ruleset', recalledBy: 'Dr clinician', kind: 'measurement' },
    ])
    expect(await recall()).toEqual({ ok: false, refusal: { reason: 'decided-meanwhile' } })
  })

  test('refuses what is not shown', async () => {
    const patient = await withRecord(aNote({ sourceKey: 'n' }))
    const asked = await seen(patient, 'n')
    const clinician = await staff('clinician')
    expect(
      await run(clinician, (tx) => recallEntry(tx, { ...asked, cause: 'other' })),
    ).toMatchObject({ refusal: { reason: 'not-shown' } })
  })
})

describe('a record that asks for an enhanced review', () => {
  const code = (sourceKey: string, number: string, day: string): IncomingEntry => ({
    sourceKey,
    kind: 'observation',
    title: 'Review',
    codings: [{ system: 'http://snomed.info/sct', code: number }],
    recordedAt: new Date(`${day}T09:00:00Z`),
    clinicalAt: new Date(`${day}T09:00:00Z`),
    clinicalPrecision: 'day',
  })
  const tasks = async () => {
    const lead = await staff('safeguarding-lead')
    return (await run(lead, (tx) => workCounts(tx, today()))).accessTasks
  }

  test('raises a task at once where somebody has access, and one only', async () => {
    const patient = await withRecord(aWeight({ sourceKey: 'w' }))
    expect(await tasks()).toBe(0)
    const asks = aRecord([code('a', '1364731000000104', '2026-03-01')], { isWhole: false })
    await store(base.db, practice, patient.patientId, asks)
    await store(base.db, practice, patient.patientId, asks)
    expect(await tasks()).toBe(1)
    expect(await keysOf(patient)).toEqual([])
  })

  test('raises none where a later code says that it is not needed', async () => {
    await withRecord(
      code('a', '1364731000000104', '2026-02-01'),
      code('b', '1364751000000106', '2026-02-02'),
    )
    expect(await tasks()).toBe(0)
  })
})

describe('the name of an appointment', () => {
  test('is kept back on a day of which a consultation is withheld, and given back', async () => {
    const patient = await withRecord(aConsultation({ sourceKey: 'c' }))
    const day = parseLocalDate('2026-02-20')
    const keptBack = () =>
      base.db.transaction(systemProof(practice), (tx) =>
        tx.many(sql`
          select kept_back_on from record.published_kept_back_day
          where practice = ${practice} and patient_id = ${patient.patientId}
          order by kept_back_on limit 5`),
      )
    const clinician = await staff('clinician')
    const asked = await seen(patient, 'c')
    const reviewOn = addDays(today(), 30)
    await run(clinician, (tx) => withholdEntry(tx, { ...asked, ground: 'serious-harm', reviewOn }))
    expect(await keptBack()).toEqual([{ keptBackOn: day }])
    await runJobs(base.db)
    await release(clinician, patient, 'c')
    expect(await keptBack()).toEqual([])
    await runJobs(base.db)
  })
})
