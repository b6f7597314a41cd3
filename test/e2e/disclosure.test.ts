import { expect, test } from 'vitest'
import type { DemoPerson } from '#modules/demo'
import { openSite, peopleOf } from '../support/site.ts'
import { addToRecord, aLetter } from './entries.ts'
import { desk, phone, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

const deciding = 'Document: decide if the patient may see it'
const harmless = 'Letter from the ear clinic'
const unsafe = 'Letter from the zqfamily team'

test.for(ways)(
  'a clinician releases one held entry and withholds another, and the patient sees just that ($way)',
  async (way) => {
    const site = await openSite()
    const { muchHeld, prescriber } = peopleOf(site, way.practice)
    await addToRecord(muchHeld, [
      aLetter(harmless, 'Thank you for referring this patient. The hearing test was normal.'),
      aLetter(unsafe, 'The zqneighbour asked us not to say who rang.'),
    ])
    const clinician = await visit({ as: prescriber, screen: desk, scripts: way.scripts })
    await clinician.goTo('/practice')
    await clinician.follows('Disclosure')
    await clinician.sees('Disclosure: entries to decide')

    await openFromQueue(clinician, `${harmless} of ${muchHeld.name}`)
    expect(await clinician.words()).toContain('Documents are read by a person first')
    await clinician.presses('Release')
    await clinician.sees(deciding)

    await openFromQueue(clinician, `${unsafe} of ${muchHeld.name}`)
    await clinician.fills('Explanation for other staff (optional)', 'Told by a neighbour')
    await clinician.presses('Withhold')
    await clinician.sees(deciding)
    expect(await clinician.page.title()).toMatch(/^Error: /)
    expect(await clinician.faults()).toEqual([
      'Choose the ground for withholding this',
      'Enter a review date',
    ])
    expect(await clinician.page.getByLabel(/Explanation/).inputValue()).toBe('Told by a neighbour')
    await clinician.chooses('Information about someone else')
    await clinician.fills('Day', '1')
    await clinician.fills('Month', '9')
    await clinician.fills('Year', '2026')
    await clinician.presses('Withhold')
    await clinician.sees(deciding)

    const patient = await visit({ as: muchHeld, scripts: way.scripts })
    await patient.goTo('/record/documents')
    await patient.presses('Continue to your health record')
    await patient.sees('Documents')
    await patient.page.getByRole('link', { name: harmless }).click()
    await patient.sees(harmless)
    expect(await patient.words()).toContain('The hearing test was normal')
    await seesTheSame(clinician, patient, muchHeld)
  },
)

/** Pages through the queue of documents to the one wanted. */
async function openFromQueue(clinician: Visitor, name: string) {
  const wanted = clinician.page.getByRole('link', { name, exact: true })
  const next = clinician.page.getByRole('link', { name: /^Next/ })
  for (const lane of ['clinician', 'ig-lead', 'safeguarding-lead', 'clerk']) {
    await clinician.goTo(`/practice/disclosure?lane=${lane}`)
    await clinician.page.getByLabel('Kind').selectOption({ label: 'Document' })
    await clinician.presses('Show')
    await clinician.sees('Disclosure: entries to decide')
    while ((await wanted.count()) === 0 && (await next.count()) > 0) {
      await next.click()
      await clinician.page.waitForLoadState()
    }
    if ((await wanted.count()) > 0) break
  }
  await wanted.click()
  await clinician.sees(deciding)
}

/** Every part of the record has the same words and ways on for the patient and for staff who look as they do. */
async function seesTheSame(clinician: Visitor, patient: Visitor, person: DemoPerson) {
  const asPatient = `/practice/patients/${person.subjectId}/record/as-patient`
  await clinician.follows('Patients')
  await clinician.sees('Find a patient')
  await clinician.fills('Name or NHS number', person.name.split(' ')[1] ?? '')
  await clinician.presses('Find')
  await clinician.sees('Find a patient')
  await clinician.page.getByRole('link', { name: `(${person.name})` }).click()
  await clinician.sees(person.name)
  await clinician.presses('See it exactly as this patient does')
  await clinician.sees('Health record')
  await patient.goTo('/record')
  await patient.sees('Health record')
  const parts = await patient.page
    .locator('main .nhsuk-card a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(parts).toHaveLength(9)
  await clinician.page.setViewportSize(phone)
  for (const path of ['/record', ...parts]) {
    await patient.goTo(path)
    await clinician.goTo(path.replace('/record', asPatient))
    const own = withoutTools(await contents(patient))
    expect(own.words).not.toMatch(/zq/)
    const staffs = await contents(clinician)
    const words = staffs.words.replace(/(Information: )?You are seeing .* audit trail\. /, '')
    const links = staffs.links.map((link) => link.replace(asPatient, '/record'))
    expect({ words, links }, path).toEqual(own)
  }
}

/** What a patient can do with their record is not for staff who look as they do. */
function withoutTools({ words, links }: Awaited<ReturnType<typeof contents>>) {
  return {
    words: words.replace(/More Search your health record .* what stays private /, ''),
    links: links.filter((link) => !/^\/record\/(search|download|older|choices)$/.test(link)),
  }
}

async function contents(visitor: Visitor) {
  const links = await visitor.page
    .locator('main a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  return { words: await visitor.words(), links: links.filter((link) => !link.endsWith('/record')) }
}
