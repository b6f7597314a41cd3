import { test } from 'vitest'
import { openSite, peopleOf } from '../support/site.ts'
import { visit } from './visitor.ts'
for (const scripts of [true, false]) for (const bad of ['<p style="color:red">x</p>', '<script>1</script>', '<img src="https://example.com/x.png">'])
test(`probe must fail by CSP ${scripts} ${bad}`, async () => {
  const { full } = peopleOf(await openSite(), 1)
  const office = await visit({ as: full, scripts })
  await office.page.route('**/home', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace('</main>', bad + '</main>') })
  })
  await office.goTo('/home')
})
