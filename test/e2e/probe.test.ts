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
    const cdp = await context.newCDPSession(page)
    const ann = site.people[0]
    if (!ann) throw new Error('x')
    await context.addCookies([await cookieFor(site, ann)])
    lap('cookie')
    for (const path of ['/home', '/appointments/slots', '/prescriptions', '/record']) {
    await page.goto(`${site.address}${path}`)
    lap('goto')
    if (!js) await cdp.send('Emulation.setScriptExecutionDisabled', { value: false })
    console.log(await page.evaluate(() => document.body.className))
    const result = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']).analyze()
    lap('axe ' + result.violations.length + ' ' + result.passes.length)
    if (!js) await cdp.send('Emulation.setScriptExecutionDisabled', { value: true })
    }
  }
})
