import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf, minutesBefore } from '#kernel/time'
import { parseForm, sendPage } from '#platform/http'
import { requireStaff } from '#modules/access'
import { setDisclosure } from '../../commands/deciding/set-disclosure.ts'
import { doneTotals, lateTotals, overturns, waitingTimes } from '../../queries/review/figures.ts'
import { disclosureSettings } from '../../queries/review/settings.ts'
import { workCounts } from '../../queries/review/work.ts'
import { FiguresPage } from './figures-page.tsx'
import { SettingsPage } from './settings-page.tsx'

const daysOf = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([7, 30, 90]))
    .catch(30)
    .default(30),
})
const settingsForm = z.object({
  entries: z.enum(['parts', 'whole'], { error: 'Choose how entries are shown' }),
  texts: z.enum(['person', 'rules'], { error: 'Choose who reads free text' }),
  percent: z.coerce
    .number({ error: 'How many of a hundred must be a number' })
    .int('How many of a hundred must be a whole number')
    .min(1, 'How many of a hundred must be 1 or more')
    .max(100, 'How many of a hundred must be 100 or fewer'),
})

/** The figures of disclosure, and the practice's own settings. */
export function registerFigures(app: FastifyInstance): void {
  app.get('/practice/disclosure/figures', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { days } = daysOf.parse(request.query)
    const model = await app.db.transaction(acting, async (tx) => {
      const since = minutesBefore(tx.now, days * 24 * 60)
      const today = localDateOf(tx.now)
      const [done, late, waits, rules, counts] = await Promise.all([
        doneTotals(tx, since),
        lateTotals(tx, today),
        waitingTimes(tx, since),
        overturns(tx, since),
        workCounts(tx, today),
      ])
      return { done, late, waits, rules, counts }
    })
    return sendPage(reply, <FiguresPage {...model} days={days} />)
  })

  app.get('/practice/disclosure/settings', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const settings = await app.db.transaction(acting, disclosureSettings)
    return sendPage(reply, <SettingsPage settings={settings} />)
  })

  app.post('/practice/disclosure/settings', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = parseForm(settingsForm, request.body)
    if (!form.ok) {
      const settings = await app.db.transaction(acting, disclosureSettings)
      return sendPage(reply, <SettingsPage settings={settings} faults={form.refusal} />, 400)
    }
    const { entries, texts, percent } = form.value
    await app.db.transaction(acting, (tx) =>
      setDisclosure(tx, {
        wholeEntriesOnly: entries === 'whole',
        samplePercent: percent,
        clearsText: texts === 'rules',
      }),
    )
    return reply.redirect('/practice/disclosure/settings', 303)
  })
}
