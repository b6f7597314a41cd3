import { expect, test } from 'vitest'
import { sql, systemProof } from '#platform/db'
import { aSignedInPatient } from '../support/app.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { desk, visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'signing out ends it for the back button and for a copied cookie ($way)',
  async (way) => {
    const patient = await visit({
      as: peopleOf(await openSite(), way.practice).full,
      scripts: way.scripts,
    })
    await patient.goTo('/home')
    await patient.goTo('/appointments')
    await patient.sees('Your appointments')
    const cookies = await patient.context.cookies()
    await patient.page.getByRole('button', { name: 'Sign out' }).click()
    await patient.sees('You have signed out')
    await patient.page.goBack()
    await patient.sees('Sign in')
    await patient.context.addCookies(cookies)
    await patient.goTo('/home')
    await patient.sees('Sign in')
  },
)

test('what is someone else’s, or another surgery’s, is answered like what never was', async () => {
  const site = await openSite()
  const { hugeRecord, full, prescriber } = peopleOf(site, 0)
  const owner = await visit({ as: hugeRecord })
  await lookAtRecord(owner)
  const stranger = await visit({ as: full })
  await lookAtRecord(stranger)
  const elsewhere = await visit({ as: peopleOf(site, 1).full })
  for (const path of [
    await firstLink(owner, '/appointments', /^\/appointments\/[\da-f-]{36}$/),
    await firstLink(owner, '/record/results', /^\/record\/results\/[\da-f-]{36}$/),
    await firstLink(owner, '/prescriptions/orders', /^\/prescriptions\/orders\/[\da-f-]{36}$/),
    await firstLink(elsewhere, '/appointments/slots', /^\/appointments\/slots\/[\da-f-]{36}$/),
  ]) {
    await isLikeNothing(stranger, path)
  }

  const gp = await visit({ as: prescriber, screen: desk })
  await gp.goTo('/practice')
  await isLikeNothing(gp, `/practice/patients/${peopleOf(site, 1).full.subjectId}`)
  await isLikeNothing(gp, `/practice/patients/${peopleOf(site, 1).full.subjectId}/record`)
})

test.for(ways)(
  'what was switched off during a visit is off at the next click ($way)',
  async (way) => {
    const { db, address } = await openSite()
    const { practice } = peopleOf(await openSite(), way.practice).full
    const { patientId, cookie } = await aSignedInPatient(db, practice)
    const patient = await visit({ scripts: way.scripts })
    const [name = '', value = ''] = cookie.split('=')
    await patient.context.addCookies([{ name, value, url: address }])
    await patient.goTo('/appointments')
    await patient.sees('Your appointments')
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
      update access.association
      set ends_at = ${tx.now}
      where practice = ${practice}
        and patient_id = ${patientId}
    `),
    )
    await patient.follows('Book an appointment')
    await patient.sees('Online services are not switched on for you')
  },
)

async function lookAtRecord(visitor: Visitor): Promise<void> {
  await visitor.goTo('/record')
  const onward = visitor.page.getByRole('button', { name: 'Continue to your health record' })
  if (await onward.isVisible()) await onward.click()
  await visitor.sees('Health record')
}

async function isLikeNothing(visitor: Visitor, path: string): Promise<void> {
  const foreign = await notFound(visitor, path)
  const unknown = await notFound(visitor, path.replace(/[\da-f-]{36}/, crypto.randomUUID()))
  expect(foreign).toBe(unknown)
}

async function firstLink(visitor: Visitor, from: string, wanted: RegExp): Promise<string> {
  await visitor.goTo(from)
  const links = await visitor.page
    .locator('main a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const found = links.find((link) => wanted.test(link))
  if (found === undefined) throw new Error(`No link like ${wanted.source} on ${from}`)
  return found
}

/** The whole page that says a thing is not there. */
async function notFound(visitor: Visitor, path: string): Promise<string> {
  const answer = await visitor.page.goto(new URL(path, visitor.page.url()).href)
  expect(answer?.status()).toBe(404)
  await visitor.checks()
  return visitor.page.content()
}
