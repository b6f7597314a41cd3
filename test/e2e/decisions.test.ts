import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Role } from '#modules/access'
import type { IncomingEntry } from '#modules/record'
import { aSignedInPatient, aSignedInStaffMember } from '../support/app.ts'
import { aNote, aRecord, aWeight, store } from '../support/record-builders.ts'
import { openSite } from '../support/site.ts'
import { aPractice } from '../support/surgery.ts'
import { tabTo } from './keys.ts'
import { desk, phone, visit, type Visitor } from './visitor.ts'

const queue = 'Disclosure: entries to decide'
const waysOfPatients = [
  { way: 'with scripts', scripts: true },
  { way: 'without scripts', scripts: false },
] as const

test('a clerk releases what is harmless together, and passes on what is not theirs', async () => {
  const world = await aWorld([
    aWeight({ sourceKey: '1', value: { number: 900, unit: 'kg' } }),
    aWeight({ sourceKey: '2', value: { number: 901, unit: 'kg' } }),
  ])
  const clerk = await world.staff('records-clerk')
  await clerk.goTo('/practice/disclosure')
  await clerk.sees(queue)
  expect(await clerk.words()).toContain('Records clerk (2)')
  await clerk.follows(/not an everyday measurement.* \(2\)/)
  await clerk.sees('Held for the same harmless rule')
  expect(await clerk.words()).toContain('900 kg')
  await clerk.page.getByRole('checkbox').first().check()
  await clerk.presses('Release what is ticked')
  await clerk.sees('Held for the same harmless rule')
  expect(await clerk.words()).toContain('1 entry was released')

  await clerk.goTo('/practice/disclosure')
  await clerk.presses('Decide one after the other')
  await clerk.sees('Measurement: decide if the patient may see it')
  await clerk.page.getByLabel('Pass on to').selectOption({ label: 'Clinician' })
  await clerk.presses('Pass on')
  await clerk.sees(queue)
  expect(await clerk.words()).toContain('Clinician (1)')

  const patient = await world.patient(true)
  await patient.goTo('/record/measurements')
  await patient.sees('Measurements and observations')
  expect(await patient.words()).toContain('900 kg')
  expect(await patient.words()).not.toContain('901 kg')
})

test('a clinician decides by keyboard alone: releases, takes words out, hides, withholds', async () => {
  const world = await aWorld([
    aLetter('Letter one', 'Your blood pressure is well controlled.'),
    aLetter('Letter two', 'Knee is better. Zqneighbour told us that he falls. Plan: physio.'),
    aLetter('Letter three', 'Scan report to be explained first.'),
    aLetter('Letter four', 'Another scan report to be explained first.'),
  ])
  const clinician = await world.staff('clinician')
  const { keyboard } = clinician.page
  const deciding = 'Document: decide if the patient may see it'
  const comesTo = async (letter: string) => {
    const heading = clinician.page.getByRole('heading', { name: letter }).first()
    await heading.waitFor()
    await expect.poll(() => isInView(heading), { message: `${letter} is in view` }).toBe(true)
  }
  await clinician.goTo('/practice/disclosure')
  await tabTo(clinician, /^Decide one after the other$/)
  await keyboard.press('Enter')
  await clinician.sees(deciding)
  await comesTo('Letter one')
  await keyboard.press('r')
  await comesTo('Letter two')
  await keyboard.press('p')
  await clinician.sees('Release a part of the entry')
  await tabTo(clinician, /^Zqneighbour told us/)
  await keyboard.press('Space')
  await tabTo(clinician, /^See what is left$/)
  await keyboard.press('Enter')
  await clinician.page.getByRole('heading', { name: 'What the patient would see' }).waitFor()
  await tabTo(clinician, /^Release this part$/)
  await keyboard.press('Enter')
  await comesTo('Letter three')
  await keyboard.press('h')
  await comesTo('Letter four')
  await keyboard.press('w')
  await tabTo(clinician, /^Serious harm$/)
  await keyboard.press('ArrowDown')
  await tabTo(clinician, /^explanation$/)
  await keyboard.type('what her sister said')
  for (const [part, words] of Object.entries({ day: '1', month: '9', year: '2026' })) {
    await tabTo(clinician, new RegExp(`^${part}$`))
    await keyboard.type(words)
  }
  await keyboard.press('Enter')
  await clinician.sees(queue)

  const patient = await world.patient(false)
  await patient.goTo('/record/documents')
  await patient.sees('Documents')
  const words = await patient.words()
  expect(words).toContain('Letter one')
  expect(words).not.toMatch(/Letter three|Letter four/)
  await patient.page.getByRole('link', { name: 'Letter two' }).click()
  await patient.sees('Letter two')
  expect(await patient.words()).toContain('Knee is better. Plan: physio.')
  expect(await patient.page.content()).not.toMatch(/zqneighbour|falls/i)

  await clinician.goTo(await world.entryAddress('Letter four'))
  expect(await clinician.words()).toMatch(/Withheld, review 1 September 2026.*what her sister said/)
  await clinician.goTo(`${await world.entryAddress('Letter three')}#decide`)
  expect(await clinician.words()).toContain('Hidden')
  await keyboard.press('k')
  await clinician.page.getByText(/Held since/).waitFor()
  expect(await clinician.words()).toContain('h hide it until the day below')
})

test('a safeguarding lead and a second person release together, and either can recall', async () => {
  const world = await aWorld([
    aNote({ sourceKey: 'n', kind: 'observation', title: 'Safeguarding review done' }),
  ])
  const lead = await world.staff('safeguarding-lead')
  const deciding = 'Observation: decide if the patient may see it'
  await lead.goTo('/practice/disclosure')
  await lead.presses('Decide one after the other')
  await lead.sees(deciding)
  await lead.presses('Release as first of two')
  await lead.sees(queue)
  const patient = await world.patient(true)
  await patient.goTo('/record/measurements')
  await patient.sees('Measurements and observations')
  expect(await patient.words()).not.toContain('Safeguarding')

  const second = await world.staff('ig-lead')
  await second.goTo('/practice/disclosure')
  await second.follows('Second person (1)')
  await second.sees('Waits for a second person')
  await second.follows(/Observation: Safeguarding review done/)
  await second.sees(deciding)
  await second.presses('Release as second of two')
  await second.sees(queue)
  await patient.goTo('/record/measurements')
  expect(await patient.words()).toContain('Safeguarding review done')

  await second.goTo('/practice/disclosure')
  const entry = await world.entryAddress('n')
  await second.goTo(entry)
  await second.chooses('Safeguarding')
  await second.presses('Recall')
  await second.sees('Recalled: an incident')
  expect(await second.words()).toMatch(/may have seen it in a list .*The patient/)
  await patient.goTo('/record/measurements')
  expect(await patient.words()).not.toContain('Safeguarding')
  await second.chooses('The patient was told and supported')
  await second.presses('Close the incident')
  await second.sees('Recalls')
  await second.follows('Figures')
  await second.sees('Disclosure: figures')
})

test.for(waysOfPatients)(
  'a patient asks about their record and an information governance lead answers ($way)',
  async ({ scripts }) => {
    const world = await aWorld([aLetter('Letter one', 'Words of a letter.')])
    const patient = await world.patient(scripts)
    await patient.goTo('/record/ask')
    await patient.sees('Ask about your health record')
    await patient.presses('Send to your GP surgery')
    await patient.sees('Ask about your health record')
    expect(await patient.faults()).toHaveLength(2)
    await patient.chooses('I think something is missing')
    await patient.fills('Tell your GP surgery more', 'My scan of January is not there.')
    await patient.presses('Send to your GP surgery')
    await patient.sees('Ask about your health record')
    expect(await patient.words()).toContain('Your GP surgery answers by 3 April 2026')

    const lead = await world.staff('ig-lead')
    await lead.goTo('/practice/disclosure')
    await lead.follows('Patients ask (1)')
    await lead.sees('Patients ask about their record')
    await lead.follows(/I think something is missing/)
    await lead.sees('What Ann Patel asks')
    await lead.chooses('Nothing more can be shown online')
    await lead.fills('Answer to the person who asked', 'We sent you a copy by post.')
    await lead.presses('Send the answer')
    await lead.sees('Patients ask about their record')

    await lead.goTo(await world.entryAddress('Letter one'))
    await lead.presses('Ask the patient')
    await lead.sees(queue)
    await patient.goTo('/record/ask')
    await patient.sees('Ask about your health record')
    expect(await patient.words()).toContain('We sent you a copy by post.')
    await patient.follows('About a letter of 18 February 2026')
    await patient.sees('A question from your GP surgery')
    await patient.chooses('No, keep it off')
    await patient.presses('Send your answer')
    await patient.sees('Ask about your health record')
    await lead.goTo('/practice/disclosure/due')
    await lead.sees('Withheld or hidden, and the day has come')
    expect(await lead.words()).toContain('The patient wants it kept off')
    await patient.goTo('/record/documents')
    expect(await patient.words()).not.toContain('Letter one')
    await lead.goTo(`/practice/patients/${world.patientId}/record/seen-by`)
    await lead.sees('Who sees what of the record of Ann Patel')
    expect(await lead.words()).toContain('It is hidden for a time.')
    await lead.goTo('/practice/disclosure/trial')
    await lead.sees('Before switching on: who would gain what')
  },
)

async function isInView(heading: Locator): Promise<boolean> {
  const box = await heading.boundingBox()
  return box !== null && box.y >= 0 && box.y + box.height <= desk.height
}

function aLetter(title: string, words: string): IncomingEntry {
  return aNote({
    sourceKey: title,
    kind: 'document',
    title,
    text: words,
    clinicalAt: new Date('2026-02-18T00:00:00Z'),
    clinicalPrecision: 'day',
  })
}

/** A practice of the journey's own, with one patient whose record holds these entries. */
async function aWorld(entries: readonly IncomingEntry[]) {
  const site = await openSite()
  const { db } = site
  const practice = await aPractice(db)
  const signedIn = await aSignedInPatient(db, practice)
  const { patientId } = signedIn
  // One import after the other, so that they wait in this order.
  for (const entry of entries)
    await store(db, practice, patientId, aRecord([entry], { isWhole: false }))
  const enter = async (cookie: string, given: Parameters<typeof visit>[0]): Promise<Visitor> => {
    const visitor = await visit(given)
    const [name = '', value = ''] = cookie.split('=')
    await visitor.context.addCookies([{ name, value, url: site.address }])
    return visitor
  }
  const staff = async (role: Role) => {
    const { cookie } = await aSignedInStaffMember(db, practice, [role])
    return enter(cookie, { screen: desk })
  }
  return {
    patientId,
    staff,
    patient: async (scripts: boolean) => {
      const patient = await enter(signedIn.cookie, { screen: phone, scripts })
      await patient.goTo('/record')
      await patient.presses('Continue to your health record')
      await patient.sees('Health record')
      return patient
    },
    /** The address at which an entry is decided about, found as staff find it. */
    entryAddress: async (title: string) => {
      const finder = await staff('clinician')
      await finder.goTo(`/practice/patients/${patientId}/record`)
      const link = finder.page.locator(`a[href^="/practice/disclosure/"]`, {
        hasText: title === 'n' ? 'Safeguarding review done' : title,
      })
      return (await link.first().getAttribute('href')) ?? ''
    },
  }
}
