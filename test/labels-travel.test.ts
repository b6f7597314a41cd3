import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, localDateOf } from '#kernel/time'
import { systemProof } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { patientById } from '#modules/directory'
import { readExport } from '../src/modules/imports/domain/read-export.ts'
import { aConcept, aResource, entryOf } from '../src/modules/imports/domain/test-export.ts'
import { withholdEntry } from '../src/modules/record/commands/decide-entry.ts'
import { labelledBundle } from '../src/modules/record/domain/deciding/labels.ts'
import { resourcesToSend } from '../src/modules/record/queries/review/transfer.ts'
import { aPatientWith, seenNow } from './support/decisions.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aWeight } from './support/record-builders.ts'
import { aPractice, aStaffMember } from './support/surgery.ts'

/** DOMAIN RD-7: what one practice withholds, the next imports as not for the patient. */
describe('what is withheld', () => {
  let base: TestDatabase

  beforeAll(async () => {
    base = await makeDatabase()
  })
  afterAll(() => base.drop())

  test('goes to another practice with a label, and what is not goes as it came', async () => {
    const { db } = base
    const practice = await aPractice(db)
    const resource = (id: string) =>
      aResource('Observation', id, {
        status: 'final',
        code: aConcept('Body weight', '27113001'),
        valueQuantity: { value: 80, unit: 'kg' },
      })
    const patient = await aPatientWith(db, practice, [
      aWeight({ sourceKey: 'Observation/a', resource: resource('a') }),
      aWeight({
        sourceKey: 'Observation/b',
        value: { number: 81, unit: 'kg' },
        resource: resource('b'),
      }),
    ])
    const { acting } = await aStaffMember<'decide-disclosure'>(db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    const asked = await seenNow(db, practice, patient.patientId, 'Observation/a')
    const reviewOn = addDays(localDateOf(db.now()), 30)
    await db.transaction(acting, (tx) =>
      withholdEntry(tx, { ...asked, ground: 'third-party', reviewOn }),
    )

    const viewing = await aStaffMember<'view-record'>(db, practice, {
      name: 'Dr Reid',
      roles: ['clinician'],
    })
    const bundle = await bundleOf(base, viewing.acting, patient.patientId)
    const reading = readExport([bundle])
    expect(entryOf(reading, 'Observation/a').markers).toContain('nopat')
    expect(entryOf(reading, 'Observation/b').markers ?? []).not.toContain('nopat')
    expect(reading.patients).toHaveLength(1)
  })
})

async function bundleOf(
  { db }: TestDatabase,
  acting: StaffActing<'view-record'>,
  patientId: Awaited<ReturnType<typeof aPatientWith>>['patientId'],
) {
  const patient = await db.transaction(systemProof(acting.practice), (tx) =>
    patientById(tx, patientId),
  )
  if (!patient) throw new Error('No patient')
  const items = await db.transaction(acting, (tx) => resourcesToSend(tx, patientId))
  return labelledBundle(items, patient)
}
