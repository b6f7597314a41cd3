import { expect, test } from 'vitest'
import { codeNow, openSite, peopleOf } from '../support/site.ts'
import { visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a patient who signs in with a password and a code sees home, and one wrong code is forgiven ($way)',
  async ({ scripts, practice }) => {
    const site = await openSite()
    const patient = peopleOf(site, practice).full
    const visitor = await visit({ scripts })

    await visitor.goTo('/appointments')
    await visitor.sees('Sign in')
    const right = await codeNow(site, patient)
    const wrong = right.replace(/.$/, (digit) => String((Number(digit) + 5) % 10))

    const toStranger = await trySigningIn(visitor, 'nobody@example.com', wrong)
    const toPatient = await trySigningIn(visitor, patient.email, wrong)
    expect(toPatient).toEqual(toStranger)
    expect(toPatient).toHaveLength(1)
    expect(await visitor.page.getByLabel('Email address').inputValue()).toBe(patient.email)
    expect(await visitor.page.getByLabel('Password', { exact: true }).inputValue()).toBe('')

    await fillSignIn(visitor, patient.email, await codeNow(site, patient))
    await visitor.sees('Your appointments')
    await visitor.goTo('/home')
    await visitor.sees('Home')
    expect(await visitor.words()).toContain(`Hello ${patient.name}`)
  },
)

test('a code that was used does not work a second time', async () => {
  const site = await openSite()
  const patient = peopleOf(site, 0).youngAdult
  const code = await codeNow(site, patient)
  const first = await visit()
  await first.goTo('/sign-in')
  await fillSignIn(first, patient.email, code)
  await first.sees('Home')

  const second = await visit()
  await second.goTo('/sign-in')
  expect(await trySigningIn(second, patient.email, code)).toHaveLength(1)
})

async function trySigningIn(visitor: Visitor, email: string, code: string) {
  await fillSignIn(visitor, email, code)
  await visitor.page.getByRole('alert').waitFor()
  await visitor.sees('Sign in')
  expect(await visitor.page.title()).toMatch(/^Error: /)
  return visitor.faults()
}

async function fillSignIn(visitor: Visitor, email: string, code: string) {
  await visitor.fills('Email address', email)
  await visitor.fills('Password', 'demo-only-passphrase')
  await visitor.fills('Code from your authenticator app', code)
  await visitor.presses('Sign in')
}
