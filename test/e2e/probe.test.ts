import { test } from 'vitest'
import { openSite, cookieFor } from '../support/site.ts'
import { AxeBuilder } from '@axe-core/playwright'
test('probe', async () => {
  let t = performance.now()
  const lap = (what: string) => { console.log(what, Math.round(performance.now() - t)); t = performance.now() }
  const site = await openSite()
  lap('site')
  for (const js of [true, false]) {
    const context = await site.browser.newContext({ viewport: { width: 320, height: 700 }, javaScriptEnabled: js })
    const page = await context.newPage()
    const ann = site.people[0]
    if (!ann) throw new Error('x')
    await context.addCookies([await cookieFor(site, ann)])
    lap('cookie')
    await page.goto(`${site.address}/home`)
    lap('goto')
    console.log(await page.locator('main').innerText())
    lap('text')
    const result = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    lap('axe ' + result.violations.length + ' ' + result.passes.length)
    await page.goto(`${site.address}/appointments/slots`)
    lap('goto')
    const result2 = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    lap('axe ' + result2.violations.length + ' ' + result2.passes.length)
  }
})
