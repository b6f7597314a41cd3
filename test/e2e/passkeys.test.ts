import type { CDPSession } from 'playwright-core'
import { expect, test } from 'vitest'
import { accountIdByEmail } from '#modules/accounts'
import { sql } from '#platform/db'
import { openSite, peopleOf, type Site } from '../support/site.ts'
import { desk, visit, type Visitor } from './visitor.ts'

/** A device with a fingerprint reader that always knows its owner. */
async function giveReader(visitor: Visitor): Promise<CDPSession> {
  const cdp = await visitor.context.newCDPSession(visitor.page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return cdp
}

async function eventsOf(site: Site, email: string, face: 'patient' | 'practice') {
  const accountId = await accountIdByEmail(site.db, email, face)
  const rows = await site.db.accounts.many<{ readonly type: string }>(sql`
    select type from accounts.event where account_id = ${accountId} order by event_id`)
  return rows.map((row) => row.type)
}

test('a patient adds a passkey, signs in with it, and nobody signs in with its answer again', async () => {
  const site = await openSite()
  const person = peopleOf(site, 0).emptyRecord
  const visitor = await visit({ as: person })
  await giveReader(visitor)

  await visitor.goTo('/account')
  await visitor.sees('Your account')
  await visitor.fills('Name for a new passkey', 'My old phone')
  await visitor.presses('Add a passkey on this device')
  await visitor.page.waitForURL(/done=passkey/)
  await visitor.sees('Your account')
  expect(await visitor.words()).toContain('My old phone')

  await visitor.page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await visitor.sees('You have signed out')
  const posted = visitor.page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/sign-in/passkey'),
  )
  await visitor.goTo('/sign-in?next=/appointments')
  await visitor.sees('Sign in')
  await visitor.presses('Sign in with a passkey')
  await visitor.sees('Your appointments')

  const body = (await posted).postData() ?? ''
  expect(body).toContain('answer=')
  const replayed = await fetch(`${site.address}/sign-in/passkey`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
  })
  expect(replayed.status).toBe(400)
  expect(replayed.headers.getSetCookie().join()).not.toContain('patient-sign-in')
  expect(await eventsOf(site, person.email, 'patient')).toEqual(
    expect.arrayContaining(['passkey-added', 'signed-in']),
  )

  await visitor.goTo('/account')
  await visitor.presses('Remove My old phone')
  await visitor.page.waitForURL(/done=removed/)
  await visitor.sees('Your account')
  expect(await visitor.words()).toContain('You have no passkey')
})

test('a device without a passkey of the site says so, and other ways stay', async () => {
  const site = await openSite()
  const visitor = await visit({ as: peopleOf(site, 1).emptyRecord })
  await giveReader(visitor)
  await visitor.goTo('/account')
  await visitor.presses('Add a passkey on this device')
  await visitor.page.waitForURL(/done=passkey/)
  await visitor.page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await visitor.sees('You have signed out')

  const stranger = await visit()
  await giveReader(stranger)
  await stranger.goTo('/sign-in')
  await stranger.presses('Sign in with a passkey')
  await stranger.page.getByText('The passkey was not used').waitFor()
  await stranger.sees('Sign in')
})

test('a member of staff signs in with a passkey alone, which is two factors', async () => {
  const person = peopleOf(await openSite(), 0).nurse
  const visitor = await visit({ as: person, screen: desk })
  await giveReader(visitor)
  await visitor.goTo('/practice/account')
  await visitor.sees('Your account')
  await visitor.presses('Add a passkey on this device')
  await visitor.page.waitForURL(/done=passkey/)
  await visitor.page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await visitor.sees('Sign in to the practice site')
  await visitor.presses('Sign in with a passkey')
  await visitor.sees(/^Today/)
})

test('without scripts there is a password, and no passkey that could not work', async () => {
  const visitor = await visit({ scripts: false })
  await visitor.goTo('/sign-in')
  await visitor.sees('Sign in')
  expect(await visitor.words()).not.toContain('passkey')
  expect(await visitor.page.getByLabel('Password', { exact: true }).isVisible()).toBe(true)
})
