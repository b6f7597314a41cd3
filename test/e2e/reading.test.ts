import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { beginSignIn, type AccountId } from '#modules/accounts'
import type { IncomingEntry } from '#modules/record'
import { anAccount, aPractice, aStaffMember } from '../support/surgery.ts'
import { aConsultation, aNote, aResult, aWeight } from '../support/record-builders.ts'
import { aRecordPatient } from '../support/readers.ts'
import { openSite } from '../support/site.ts'
import { aLetter, sodiumOverYears } from './entries.ts'
import { desk, phone, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const filedUnder = [{ relation: 'problem', key: 'hypertension' }] as const
const record: readonly IncomingEntry[] = [
  aWeight({ sourceKey: 'hypertension', kind: 'problem', title: 'Essential hypertension' }),
  ...sodiumOverYears(138, 141, 144).map((entry) => ({ ...entry, links: filedUnder })),
  aConsultation({ sourceKey: 'v' }),
  aNote({ sourceKey: 'n', text: 'BP high, start amlodipine', encounterKey: 'v', parentKey: 'v' }),
  aLetter('Letter from the knee clinic', 'Exercises were shown.'),
]

test.for(ways)(
  'a patient finds, follows and takes along what is in their record ($way)',
  async ({ scripts }) => {
    const { db } = await openSite()
    const practice = await aPractice(db)
    const { patientId, accountId } = await aRecordPatient(db, practice, record)
    const patient = await at(practice, patientId, accountId, { scripts })
    await patient.goTo('/record')
    await patient.presses('Continue to your health record')
    await patient.sees('Health record')

    await patient.follows('Search your health record')
    await patient.sees('Search your health record')
    await patient.fills('What are you looking for?', 'amlodipine')
    await patient.presses('Search')
    await patient.sees('Search your health record')
    expect(await patient.words()).toContain('Note. 20 February 2026')
    expect(patient.page.url()).not.toContain('amlodipine')

    await patient.goTo('/record/consultations')
    await patient.sees('Consultations')
    await patient.page.getByRole('link', { name: /^GP surgery consultation/ }).click()
    await patient.sees('GP surgery consultation')
    await patient.page.getByText('What the short forms on this page mean').click()
    expect(await patient.words()).toContain('BP blood pressure')

    await patient.goTo('/record/problems')
    await patient.sees('Health conditions')
    await patient.page.getByRole('link', { name: /^See what is filed under it/ }).click()
    await patient.sees('Essential hypertension')
    await patient.page
      .getByRole('link', { name: /^Serum sodium level/ })
      .first()
      .click()
    await patient.sees('Serum sodium level')
    const words = await patient.words()
    expect(words).toContain('It is a salt in the blood')
    expect(words).toContain('What happens next')

    await patient.goTo('/record/results?by=date')
    await patient.sees('Test results')
    await patient.fills('To year', '2024')
    await patient.presses('Show these years')
    await patient.sees('Test results')
    expect(await patient.words()).toContain('138 mmol/L')
    expect(await patient.words()).not.toContain('144 mmol/L')

    await takesAlong(patient)
  },
)

/** Chooses one part, sees what the copy holds, and downloads it both ways. */
async function takesAlong(patient: Visitor): Promise<void> {
  await patient.goTo('/record/download')
  await patient.sees('Print or download your health record')
  for (const part of await patient.page.getByRole('main').getByRole('checkbox').all())
    await part.uncheck()
  await patient.presses('See what it will hold')
  await patient.sees('Print or download your health record')
  expect(await patient.faults()).toEqual(['Choose at least one part of your record'])
  await patient.chooses('Test results')
  await patient.presses('See what it will hold')
  await patient.sees('What your copy will hold')
  const words = await patient.words()
  expect(words).toContain('keep your copy private')
  expect(words).toContain('144 mmol/L')
  expect(words).not.toContain('amlodipine')
  for (const [button, name] of [
    ['Download as PDF', /^health-record-2026-\d\d-\d\d\.pdf$/],
    ['Download for another app (FHIR)', /^health-record-2026-\d\d-\d\d\.json$/],
  ] as const) {
    const loading = patient.page.waitForEvent('download')
    await patient.page.getByRole('button', { name: button }).click()
    expect((await loading).suggestedFilename()).toMatch(name)
  }
}

test.for(ways)(
  'what a patient wants to hear in person waits until the surgery told them, and what is private no proxy sees ($way)',
  async ({ scripts }) => {
    const { db } = await openSite()
    const practice = await aPractice(db)
    const { patientId, accountId, add, proxyAccount } = await aRecordPatient(db, practice, record)
    const patient = await at(practice, patientId, accountId, { scripts })
    await patient.goTo('/record/choices')
    await patient.presses('Continue to your health record')
    await patient.sees('How you are told, and what stays private')
    const cancer = patient.page.getByRole('group', { name: 'Cancer, or tests for it' })
    await cancer.getByLabel('Tell me in person first').check()
    await patient.chooses('Mental health and memory')
    await patient.presses('Save my choices')
    await patient.sees('How you are told, and what stays private')
    expect(await patient.words()).toContain('Your choices are saved')

    await add([
      aResult({ sourceKey: 'psa', title: 'Prostate specific antigen level', codings: [] }),
      aResult({ sourceKey: 'lithium', title: 'Serum lithium level', codings: [] }),
    ])
    await patient.goTo('/record/results')
    await eventually(patient, 'Serum lithium level')
    await patient.sees('Test results')
    expect(await patient.words()).not.toContain('Prostate')

    const proxy = await at(practice, patientId, await proxyAccount(), { scripts, as: 'proxy' })
    await proxy.goTo('/record/results')
    await proxy.presses('Continue to your health record')
    await proxy.sees('Test results')
    expect(await proxy.words()).toContain('Serum sodium level')
    expect(await proxy.words()).not.toMatch(/lithium|Prostate/)
    await proxy.goTo('/record/choices')
    await proxy.sees('How you are told, and what stays private')
    expect(await proxy.words()).toContain('Only the patient can see and change this')

    const clinician = await aColleague(practice, 'clinician')
    await clinician.goTo('/practice/reading')
    await clinician.sees('What patients see')
    await clinician.follows('To tell patients in person')
    await clinician.sees('To tell patients in person')
    expect(await clinician.words()).toContain('Cancer, or tests for it')
    await clinician.page.getByRole('button', { name: /^Told, or nothing to tell/ }).click()
    await clinician.sees('To tell patients in person')
    expect(await clinician.words()).toContain('Nobody waits to be told')

    await patient.goTo('/record/results')
    await patient.sees('Test results')
    expect(await patient.words()).toContain('Prostate specific antigen level')
  },
)

test.for(ways)(
  'a patient asks for older records, and the surgery opens them once it has read them ($way)',
  async ({ scripts }) => {
    const { db } = await openSite()
    const practice = await aPractice(db)
    const { patientId, accountId } = await aRecordPatient(db, practice, record, {
      historical: 'none',
      effectiveFrom: new Date('2026-02-25T00:00:00Z'),
    })
    const patient = await at(practice, patientId, accountId, { scripts })
    await patient.goTo('/record/older')
    await patient.presses('Continue to your health record')
    await patient.sees('Ask for older records')
    await patient.fills('What do you need it for? (optional)', 'A new job')
    await patient.presses('Ask for older records')
    await patient.sees('Ask for older records')
    expect(await patient.words()).toContain('Your surgery is reading your older record')

    const clinician = await aColleague(practice, 'clinician')
    await clinician.goTo('/practice/older-records')
    await clinician.sees('Asked for older records')
    await clinician.page.getByRole('main').getByRole('link', { name: 'Ann Patel' }).click()
    await clinician.sees('Ann Patel: older records')
    expect(await clinician.words()).toContain('A new job')
    await clinician.presses('Open the older record')
    await clinician.sees('Ann Patel: older records')
    expect(await clinician.faults()).toHaveLength(1)
    await clinician.chooses('Everything released, with free text')
    await clinician.chooses('I have read the sample above, and all of it may be shown')
    await clinician.presses('Open the older record')
    await clinician.sees('Asked for older records')
    expect(await clinician.words()).toContain('Nobody waits')

    await patient.goTo('/record/older')
    await patient.sees('Ask for older records')
    expect(await patient.words()).toContain('opened your older record')
    await patient.goTo('/record/results')
    await patient.sees('Test results')
    expect(await patient.words()).toContain('144 mmol/L')
  },
)

test('a manager takes a part of the record from everyone, and gives it back to one', async () => {
  const { db } = await openSite()
  const practice = await aPractice(db)
  const { patientId, accountId } = await aRecordPatient(db, practice, record)
  const patient = await at(practice, patientId, accountId, { scripts: true })
  const manager = await aColleague(practice, 'practice-manager')
  await manager.goTo('/practice/record-parts')
  await manager.sees('Parts of the record shown online')
  await manager.page.getByLabel('Test results').uncheck()
  await manager.presses('Save')
  await manager.sees('Parts of the record shown online')
  expect(await manager.words()).toContain('Saved')
  await patient.goTo('/record/results')
  await patient.presses('Continue to your health record')
  await patient.sees('Test results')
  expect(await patient.words()).toContain('does not show this part online to any of its patients')

  await manager.goTo(`/practice/patients/${patientId}/record-parts`)
  await manager.sees('Ann Patel: parts of the record shown online')
  const results = manager.page.getByRole('group', { name: 'Test results' })
  await results.getByLabel('Shown', { exact: true }).check()
  await manager.presses('Save')
  await manager.sees('Ann Patel: parts of the record shown online')
  await patient.goTo('/record/results')
  await patient.sees('Test results')
  expect(await patient.words()).toContain('144 mmol/L')
})

/** Somebody signed in as, or for, a patient of a practice of the test's own. */
async function at(
  practice: OdsCode,
  subjectId: string,
  accountId: AccountId,
  given: { readonly scripts: boolean; readonly as?: 'proxy' },
): Promise<Visitor> {
  const { db, address } = await openSite()
  const visitor = await visit({ scripts: given.scripts, screen: phone })
  const link = { practice, subjectId, relation: given.as ?? ('self' as const) }
  const token = await beginSignIn(db, accountId, 'patient', link)
  await visitor.context.addCookies([
    { name: 'patient-sign-in', value: `${accountId}.${token}`, url: address },
  ])
  return visitor
}

async function aColleague(
  practice: OdsCode,
  role: 'clinician' | 'practice-manager',
): Promise<Visitor> {
  const { db, address } = await openSite()
  const { staffId } = await aStaffMember(db, practice, {
    name: `Dr ${newId(db.now())}`,
    roles: [role],
  })
  const link = { practice, subjectId: staffId }
  const accountId = await anAccount(db, 'practice', link)
  const token = await beginSignIn(db, accountId, 'practice', { ...link, relation: 'staff' })
  const visitor = await visit({ screen: desk })
  await visitor.context.addCookies([
    { name: 'practice-sign-in', value: `${accountId}.${token}`, url: address },
  ])
  return visitor
}

/** Looks again until a job that the server runs has come so far that the page holds these words. */
async function eventually(visitor: Visitor, words: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await visitor.words()).includes(words)) return
    await visitor.page.waitForTimeout(200)
    await visitor.page.reload()
  }
  throw new Error(`The page never held: ${words}`)
}
