import { expect, test } from 'vitest'
import { sql } from '#platform/db'
import { currentCode } from '#platform/auth'
import { accountIdByEmail } from '#modules/accounts'
import { codeNow, cookieFor, openSite, peopleOf, type Site } from '../support/site.ts'
import { visit, type Visitor } from './visitor.ts'

const password = 'demo-only-passphrase'

async function signsIn(visitor: Visitor, email: string, code: string): Promise<void> {
  await visitor.goTo('/sign-in')
  await visitor.fills('Email address', email)
  await visitor.fills('Password', password)
  await visitor.fills('Code from your authenticator app', code)
  await visitor.presses('Sign in')
}

test('a new device is told of on the old one, which signs it out from afar', async () => {
  const site = await openSite()
  const person = peopleOf(site, 1).youngAdult
  const old = await visit()
  await signsIn(old, person.email, await codeNow(site, person))
  await old.sees('Home')

  const fresh = await visit({ scripts: false })
  await freshCode(site, person.email)
  await signsIn(fresh, person.email, await codeNow(site, person))
  await fresh.sees('Home')

  await old.goTo('/home')
  await old.sees('Home')
  expect(await old.words()).toContain('signed in to your account on a new device')
  await old.follows('Check that it was you')
  await old.sees('What happened to your account')
  await old.goTo('/account')
  await old.sees('Your account')
  expect(await old.words()).not.toContain('on a new device')
  await old.presses('Sign out everywhere else')
  await old.page.waitForURL(/done=elsewhere/)

  await fresh.goTo('/record')
  await fresh.sees('Sign in')
})

test('a person changes password and authenticator app, and keeps recovery codes', async () => {
  const site = await openSite()
  const person = peopleOf(site, 1).allOff
  const accountId = await accountIdByEmail(site.db, person.email, 'patient')
  const other = await visit({ as: person })
  const visitor = await visit({ as: person, scripts: false })
  await site.db.accounts.run(sql`
    update accounts.sign_in set proved_at = ${new Date(site.db.now().getTime() - 16 * 60_000)}
    where account_id = ${accountId}`)

  await visitor.goTo('/account/password')
  await visitor.sees('Confirm that it is you')
  await visitor.fills('Password', password)
  await visitor.fills('Code from your authenticator app', await codeNow(site, person))
  await visitor.presses('Confirm')
  await visitor.sees('Choose a new password')
  await visitor.fills('New password', 'liverpool2026!')
  await visitor.presses('Change password')
  await visitor.page.getByRole('alert').waitFor()
  expect((await visitor.faults())[0]).toContain('known from passwords that were stolen')
  await visitor.fills('New password', 'three quiet otters swam')
  await visitor.presses('Change password')
  await visitor.page.waitForURL(/done=password/)
  await visitor.sees('Your account')
  await other.goTo('/account')
  await other.sees('Sign in')

  await visitor.goTo('/account/authenticator')
  await visitor.sees('Set up an authenticator app')
  const key =
    /Key: ((?:[A-Z2-7]{4} ?)+)/.exec(await visitor.words())?.[1]?.replaceAll(' ', '') ?? ''
  await visitor.fills('Code that the app shows now', '000000')
  await visitor.presses('Set up')
  await visitor.page.getByRole('alert').waitFor()
  await visitor.fills('Code that the app shows now', await currentCode(key, site.db.now()))
  await visitor.presses('Set up')
  await visitor.page.waitForURL(/done=authenticator/)

  await visitor.goTo('/account/recovery-codes')
  await visitor.sees('Make recovery codes')
  await visitor.presses('Make recovery codes')
  await visitor.sees('Your recovery codes')
  const codes = await visitor.page.getByRole('main').getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)

  for (const [code, heading] of [
    [codes[3]?.toUpperCase().replaceAll('-', ' '), 'Set up an authenticator app'],
    [codes[3], 'Sign in with a recovery code'],
  ] as const) {
    const lost = await visit()
    await lost.goTo('/sign-in/recovery')
    await lost.fills('Email address', person.email)
    await lost.fills('Password', 'three quiet otters swam')
    await lost.fills('Recovery code', code ?? '')
    await lost.presses('Sign in')
    await lost.sees(heading)
  }
})

test('a page says so before a sign-in ends, and leaves when it has', async () => {
  const site = await openSite()
  const person = peopleOf(site, 0).allOff
  const visitor = await visit()
  await visitor.page.clock.install()
  await visitor.context.addCookies([await cookieFor(site, person)])
  const accountId = await accountIdByEmail(site.db, person.email, 'patient')
  const idleFor = (minutes: number) =>
    site.db.accounts.run(sql`
      update accounts.sign_in
      set last_seen_at = ${new Date(site.db.now().getTime() - minutes * 60_000)}
      where account_id = ${accountId}`)

  await visitor.goTo('/home')
  await visitor.sees('Home')
  const warning = visitor.page.getByRole('dialog', { name: 'Do you want to stay signed in?' })
  await visitor.page.clock.runFor(24 * 60_000)
  expect(await warning.isVisible()).toBe(false)
  await idleFor(26)
  await visitor.page.clock.runFor(2 * 60_000)
  await warning.waitFor()
  expect(await warning.innerText()).toContain('4 minutes')
  await warning.getByRole('button', { name: 'Stay signed in' }).click()
  await warning.waitFor({ state: 'hidden' })

  await idleFor(31)
  await visitor.page.clock.runFor(60_000)
  await visitor.page.waitForURL(/\/sign-in\?next=%2Fhome&ended=1/)
  expect(await visitor.words()).toContain('You were signed out, for your safety')
})

/** Lets the code of this half minute be used once more. */
async function freshCode(site: Site, email: string) {
  const accountId = await accountIdByEmail(site.db, email, 'patient')
  await site.db.accounts.run(sql`
    update accounts.account set totp_last_step = 0 where account_id = ${accountId}`)
}
