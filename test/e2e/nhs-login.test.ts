import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import type { DemoPerson } from '#modules/demo'
import { openSite, peopleOf } from '../support/site.ts'
import { visit, type Visitor } from './visitor.ts'
import { ways } from './ways.ts'

type Level = 'P9' | 'P5' | 'P0'

/** At the stand-in: chooses a person and how well they are known, and goes on. */
async function chooses(visitor: Visitor, person: DemoPerson, level: Level): Promise<void> {
  const { page } = visitor
  await page.getByRole('heading', { level: 1, name: 'Stand-in for NHS login' }).waitFor()
  const option = page.getByRole('option').filter({ hasText: person.email })
  await page.getByLabel('Person').selectOption((await option.getAttribute('value')) ?? '')
  await page.getByRole('radio', { name: new RegExp(level) }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test.for(ways)(
  'somebody proved at P9 comes to their own account, where they were going ($way)',
  async ({ scripts, practice }) => {
    const person = peopleOf(await openSite(), practice).appointmentsOnly
    const visitor = await visit({ scripts })
    await visitor.goTo('/appointments')
    await visitor.sees('Sign in')
    await visitor.presses('Continue with NHS login')
    if (scripts) {
      const { violations } = await new AxeBuilder({ page: visitor.page }).analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
    }
    await chooses(visitor, person, 'P9')
    await visitor.sees('Your appointments')
    await visitor.goTo('/home')
    expect(await visitor.words()).toContain(`Hello ${person.name}`)
    await visitor.goTo('/account')
    await visitor.sees('Your account')
    expect(await visitor.words()).toContain('NHS login Connected')
  },
)

test.for(['P5', 'P0'] as const)(
  'somebody at %s opens nothing of a patient until they prove who they are',
  async (level) => {
    const people = peopleOf(await openSite(), level === 'P5' ? 0 : 1)
    const person = people.detailedOnly
    const visitor = await visit()
    await visitor.goTo('/sign-in?next=/record')
    await visitor.presses('Continue with NHS login')
    await chooses(visitor, person, level)
    await visitor.sees('Prove who you are')
    for (const path of ['/home', '/record', '/appointments', '/prescriptions', '/account']) {
      await visitor.goTo(path)
      await visitor.sees('Prove who you are')
    }

    await visitor.presses('Prove who you are with NHS login')
    expect(await visitor.page.getByRole('radio').count()).toBe(1)
    await chooses(visitor, person, 'P9')
    await visitor.page.waitForURL(/\/account$/)
    await visitor.sees('Your account')
    await visitor.goTo('/home')
    expect(await visitor.words()).toContain(`Hello ${person.name}`)
  },
)

test('somebody who does not agree to share is told so, and may try again', async () => {
  const visitor = await visit()
  await visitor.goTo('/sign-in')
  await visitor.presses('Continue with NHS login')
  await visitor.page.getByRole('button', { name: 'Do not agree to share' }).click()
  await visitor.sees('You did not sign in')
  const address = visitor.page.url()
  await visitor.page.goto(address)
  await visitor.sees('This took too long')
  await visitor.presses('Go to sign in')
  await visitor.sees('Sign in')
})
