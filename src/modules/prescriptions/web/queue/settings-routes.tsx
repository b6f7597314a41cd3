import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Tx } from '#platform/db'
import { sendPage, typedText, type FieldFault } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { setOrderRules } from '../../commands/set-order-rules.ts'
import { keepTelling } from '../../commands/queue/tell-late.ts'
import { ordersNow, settingsSince } from '../../queries/queue/settings.ts'
import { practiceRules } from '../../queries/rules.ts'
import { settingChanges } from './settings-changes.ts'
import { readSettings, typedSettings } from './settings-fields.ts'
import { CheckSettingsPage, SettingsPage, settingsPath } from './settings-pages.tsx'

const query = z.object({ done: z.string().optional().catch(undefined) })
const saved = z.object({ before: z.string().catch('') })

/** The practice's settings about prescriptions: seeing, checking and saving them. */
export function registerOrderSettings(app: FastifyInstance): void {
  app.get(settingsPath, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const { rules, since } = await app.db.transaction(acting, settingsOf)
    const done = query.parse(request.query).done === 'saved' ? 'Settings saved' : undefined
    return sendPage(reply, <SettingsPage typed={typedSettings(rules)} since={since} done={done} />)
  })

  app.post(`${settingsPath}/check`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readSettings(request.body ?? {})
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await settingsOf(tx)),
      orders: await ordersNow(tx),
    }))
    if (!form.ok) {
      const typed = typedOf(request.body)
      return sendPage(
        reply,
        <SettingsPage typed={typed} since={shown.since} faults={form.refusal} />,
        400,
      )
    }
    const changes = settingChanges(shown.rules, form.value, shown.orders)
    const later = typedSettings(form.value)
    return sendPage(
      reply,
      <CheckSettingsPage changes={changes} later={later} before={shown.rules} />,
    )
  })

  app.post(settingsPath, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readSettings(request.body ?? {})
    const { before } = saved.parse(request.body ?? {})
    const refused = await app.db.transaction(acting, async (tx) => {
      const { rules, since } = await settingsOf(tx)
      if (!form.ok) return { since, faults: form.refusal }
      if (before !== JSON.stringify(rules)) return { since, faults: [overtaken] }
      await setOrderRules(tx, form.value)
      await keepTelling(tx)
      return undefined
    })
    if (!refused) return reply.redirect(`${settingsPath}?done=saved`, 303)
    return sendPage(reply, <SettingsPage typed={typedOf(request.body)} {...refused} />, 400)
  })
}

const overtaken: FieldFault = {
  field: 'orderingOpen',
  message:
    'The settings were changed since you looked at them. Nothing was saved: check what you typed, and see again what would change',
}

function typedOf(body: unknown): Readonly<Record<string, string>> {
  return typedText(typeof body === 'object' && body !== null ? body : {})
}

async function settingsOf(tx: Tx<StaffActing<'manage-practice'>>) {
  const { rules } = await practiceRules(tx)
  return { rules, since: await settingsSince(tx) }
}
