import { expect, test } from 'vitest'
import type { DemoPerson } from '#modules/demo'
import { openSite, peopleOf } from '../support/site.ts'
import { addToRecord, aLetter, aVisit, sodiumOverYears } from './entries.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const letter = 'Letter from the knee clinic'
const visited = 'GP surgery consultation'
const note = 'Knee hurts on the stairs since autumn.'

test.for(ways)(
  'a patient is warned once, then reads results with their course and what a clinician released ($way)',
  async (way) => {
    const site = await openSite()
    const { emptyRecord, nurse } = peopleOf(site, way.practice)
    await addToRecord(emptyRecord, [
      ...sodiumOverYears(138, 141, 144),
      ...aVisit(visited, note),
      aLetter(letter, 'Exercises were shown and will be repeated.'),
    ])
    const patient = await visit({ as: emptyRecord, scripts: way.scripts })
    await patient.goTo('/record/consultations')
    await patient.sees('Before you look at your health record')
    expect(await patient.words()).toContain('if someone is pressing you')
    await patient.presses('Continue to your health record')
    await patient.sees('Consultations')
    expect(await patient.words()).toContain('There is nothing recorded to show here.')

    await releaseFor(nurse, emptyRecord, letter)
    await releaseFor(nurse, emptyRecord, visited, /^Note: Comment/)

    await patient.goTo('/record')
    await patient.sees('Health record')
    await readResult(patient)
    await patient.follows(/Health record$/)
    await patient.sees('Health record')
    await patient.page.getByRole('main').getByRole('link', { name: 'Consultations' }).click()
    await patient.sees('Consultations')
    await patient.page.getByRole('link', { name: new RegExp(`^${visited}`) }).click()
    await patient.sees(visited)
    expect(await patient.words()).toContain(note)

    await patient.goTo('/record/documents')
    await patient.page.getByRole('link', { name: new RegExp(`^${letter}`) }).click()
    await patient.sees(letter)
    expect(await patient.words()).toContain('Exercises were shown')
    const loading = patient.page.waitForEvent('download')
    await patient.page.getByRole('button', { name: /^Download text file/ }).click()
    expect((await loading).suggestedFilename()).toBe('document-2026-02-18.txt')

    await patient.goTo('/record/allergies')
    await patient.sees('Allergies')
    expect(await patient.words()).toContain('There is nothing recorded to show here.')
    expect(await patient.words()).not.toMatch(/no allergies/i)
  },
)

test.for(ways)(
  'a patient at the detailed level sees no free text and no documents, and is told why ($way)',
  async (way) => {
    const site = await openSite()
    const { detailedOnly, nurse } = peopleOf(site, way.practice)
    await addToRecord(detailedOnly, [...aVisit(visited, note), aLetter(letter, 'Exercises')])
    await releaseFor(nurse, detailedOnly, letter)
    await releaseFor(nurse, detailedOnly, visited, /^Note: Comment/)

    const patient = await visit({ as: detailedOnly, scripts: way.scripts })
    await patient.goTo('/record')
    await patient.presses('Continue to your health record')
    await patient.sees('Health record')
    await patient.page.getByRole('main').getByRole('link', { name: 'Documents' }).click()
    await patient.sees('Documents')
    expect(await patient.words()).toContain('it is not switched on for your account')
    expect(await patient.words()).not.toContain('knee')
    await patient.goTo('/record/consultations')
    await patient.page
      .getByRole('link', { name: new RegExp(`^${visited}`) })
      .first()
      .click()
    await patient.sees(visited)
    expect(await patient.words()).not.toContain('Knee')
  },
)

test.for(ways)(
  'somebody with everything off is told which switch is off and whom to ask ($way)',
  async (way) => {
    const site = await openSite()
    const patient = await visit({ as: peopleOf(site, way.practice).allOff, scripts: way.scripts })
    await patient.goTo('/home')
    await patient.sees('Home')
    for (const [link, heading] of [
      ['Appointments', 'Booking appointments online is not switched on'],
      ['Prescriptions', 'Ordering repeat prescriptions online is not switched on'],
      ['Health record', 'Seeing your health record online is not switched on'],
    ] as const) {
      await patient.goTo('/home')
      await patient.page.getByRole('main').getByRole('link', { name: link }).click()
      await patient.sees(heading)
      expect(await patient.words()).toContain('it is not switched on for your account')
      expect(await patient.words()).toContain('The surgery decides this for each patient')
      expect(await patient.words()).toContain('See what you can use online')
    }
  },
)

/** Follows a test from the list to its page: value, range, picture, table, and an earlier one. */
async function readResult(patient: Visitor) {
  await patient.page.getByRole('main').getByRole('link', { name: 'Test results' }).click()
  await patient.sees('Test results')
  await patient.follows('Serum sodium level')
  await patient.sees('Serum sodium level')
  const words = await patient.words()
  expect(words).toContain('144 mmol/L')
  expect(words).toContain('133 to 146 mmol/L. Within the usual range')
  expect(await patient.page.getByRole('img', { name: /Serum sodium level/ }).isVisible()).toBe(true)
  const rows = patient.page.getByRole('table').getByRole('row')
  expect(await rows.count()).toBe(4)
  await patient.follows('12 October 2023')
  await patient.sees('Serum sodium level')
  expect(await patient.words()).toContain('138 mmol/L')
}

/** A clinician opens the record and releases one entry, with what is chosen beside it. */
async function releaseFor(staff: DemoPerson, person: DemoPerson, title: string, also?: RegExp) {
  const clinician = await visit({ as: staff, screen: desk })
  const kind = also ? 'consultation' : 'document'
  await clinician.goTo(`/practice/patients/${person.subjectId}/record?kind=${kind}`)
  await clinician.follows(title)
  await clinician.sees(/: decide if the patient may see it$/)
  if (also) await clinician.chooses(also)
  await clinician.presses('Release')
  await clinician.page.waitForURL((url) => !url.pathname.endsWith('/release'))
}
