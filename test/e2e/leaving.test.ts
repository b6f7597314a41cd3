import { expect, test } from 'vitest'
import { sql, systemProof } from '#platform/db'
import { aSignedInPatient } from '../support/app.ts'
import { openSite, peopleOf } from '../support/site.ts'
import { visit, type Visitor } from './visitor.ts'
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

test('someone else’s appointment, order, entry or slot is answered like one that never was', async () => {
  const site = await openSite()
  const { hugeRecord, full } = peopleOf(site, 0)
  const owner = await visit({ as: hugeRecord })
  await owner.goTo('/record')
  if ((await owner.page.title()).startsWith('Before')) {
    await owner.presses('Continue to your health record')
  }
  const paths = [
    await firstLink(owner, '/appointments', /^\/appointments\/[\da-f-]{36}$/),
    await firstLink(owner, '/record/results', /^\/record\/results\/[\da-f-]{36}$/),
    await firstLink(owner, '/prescriptions/orders', /^\/prescriptions\/orders\/[\da-f-]{36}$/),
  ]
  const stranger = await visit({ as: full })
  await stranger.goTo('/record')
  if ((await stranger.page.title()).startsWith('Before')) {
    await stranger.presses('Continue to your health record')
  }
  for (const path of paths) {
    const foreign = await notFound(stranger, path)
    const unknown = await notFound(stranger, path.replace(/[\da-f-]{36}/, crypto.randomUUID()))
    expect(foreign).toBe(unknown)
  }
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

async function firstLink(visitor: Visitor, from: string, wanted: RegExp): Promise<string> {
  await visitor.goTo(from)
  const links = await visitor.page
    .locator('main a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const found = links.find((link) => wanted.test(link))
  if (found === undefined) throw new Error(`No link like ${wanted.source} on ${from}`)
  return found
}

/** The whole page that says a thing is not there, but for the token of the person's own forms. */
async function notFound(visitor: Visitor, path: string): Promise<string> {
  const answer = await visitor.page.goto(new URL(path, visitor.page.url()).href)
  expect(answer?.status()).toBe(404)
  await visitor.checks()
  return visitor.page.content()
}
