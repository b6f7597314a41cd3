import { expect, test } from 'vitest'
import { accountIdByEmail } from '#modules/accounts'
import { demoPassword } from '#modules/demo'
import { minutesBefore } from '#kernel/time'
import { sql } from '#platform/db'
import { codeNow, openSite, peopleOf } from '../support/site.ts'
import { visit } from './visitor.ts'
import { ways } from './ways.ts'

test.for(ways)(
  'a patient has the record ask again who reads it, and is led to what they wanted ($way)',
  async ({ scripts, practice }) => {
    const site = await openSite()
    const person = peopleOf(site, practice).detailedOnly
    const visitor = await visit({ as: person, scripts })
    await visitor.goTo('/account')
    await visitor.follows('Ask again before my health record is shown')
    await visitor.sees('Ask again before my health record')
    await visitor.chooses('Unless I did it in the last 15 minutes')
    await visitor.presses('Save')
    await visitor.page.waitForURL(/done=saved/)
    await visitor.sees('Ask again before my health record')

    const accountId = await accountIdByEmail(site.db, person.email, 'patient')
    await site.db.accounts.run(sql`
      update accounts.sign_in
      set proved_at = ${minutesBefore(site.db.now(), 15)}
      where account_id = ${accountId}`)
    for (const path of ['/record', '/record/results', '/record/medicines']) {
      await visitor.goTo(path)
      await visitor.sees('Confirm that it is you')
    }
    expect(await visitor.words()).toContain('You are about to open a health record')
    await visitor.fills('Password', demoPassword)
    await visitor.fills('Code from your authenticator app', await codeNow(site, person))
    await visitor.presses('Confirm')
    await visitor.page.waitForURL(/\/record/)
    await visitor.goTo('/account/second-step')
    await visitor.chooses('Never: signing in is enough')
    await visitor.presses('Save')
    await visitor.page.waitForURL(/done=saved/)
  },
)
