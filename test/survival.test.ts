import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { sql, systemProof } from '#platform/db'
import { checkAll } from '../src/survival/checks.ts'
import { openJournal } from '../src/survival/journal.ts'
import { makeSurgery, practice, type Surgery } from '../src/survival/practice.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('a service that is killed while people use it', () => {
  test('has lost nothing and doubled nothing when it is back', async () => {
    const args = ['scripts/run.js', 'survive', 'kills', '--times', '3', '--size', 'small', '--json']
    const { code, output } = await run(args)
    expect(output).toMatch(/"kills":3,.*"breaches":0/)
    expect(code).toBe(0)
  }, 240_000)
})

describe('what is checked after each kill', () => {
  let database: TestDatabase
  let surgery: Surgery

  beforeAll(async () => {
    database = await makeDatabase(new Date())
    const size = { patients: 2, slots: 10, medicinesEach: 1, heldEach: 1 }
    surgery = await makeSurgery(database.db, database.settings, size)
  })
  afterAll(() => database.drop())

  const check = async (journal = openJournal()) => {
    const patientIds = surgery.patients.map(({ patientId }) => patientId)
    return (await checkAll(database.settings, journal, patientIds)).breaches
  }

  test('finds nothing wrong with a practice that was only just made', async () => {
    expect(await check()).toEqual([])
  })

  test('notices everything that was acknowledged and is not there', async () => {
    const journal = openJournal()
    const id = newId(database.db.now())
    const [patient] = surgery.patients
    if (!patient) throw new Error('There is no patient')
    const { patientId } = patient
    const staffId = id
    journal.acknowledged.push(
      { kind: 'booking', id, key: id, patientId, slotId: id },
      { kind: 'cancelling', id },
      { kind: 'order', id, key: id, patientId },
      { kind: 'item decision', id, version: 1, outcome: 'approved', staffId },
      { kind: 'entry decision', id, decisionNo: 1, outcome: 'released', staffId },
      { kind: 'message', patientId, words: 'Something is missing' },
    )
    expect(await check(journal)).toHaveLength(6)
  })

  test('notices a slot that is taken by nobody', async () => {
    await database.db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set state = 'booked'
        where practice = ${practice}
          and slot_id = (
            select slot_id
            from appointments.slot
            where practice = ${practice}
            limit 1)
      `),
    )
    expect(await check()).toEqual([expect.stringContaining('I-3 a slot is booked if, and only if')])
  })
})

function run(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => parts.push(part))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: parts.join('') }))
  })
}
