import type { FastifyInstance } from 'fastify'
import type { Tx } from '#platform/db'
import { sendPage, type FieldFault } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { setBookingRules } from '../../commands/set-booking-rules.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { lastSettingsChange, settingsReach, staffName } from '../../queries/templates/settings.ts'
import { queryText } from '../query-text.ts'
import { typedOf } from '../templates/request-id.ts'
import { CheckSettingsPage } from './check-page.tsx'
import { settingChanges } from './settings-changes.ts'
import { readSettings, typedSettings } from './settings-fields.ts'
import { SettingsPage } from './settings-page.tsx'

const path = '/practice/appointments/settings'

/** The practice's settings about appointments: seeing, checking and saving them. */
export function registerSettings(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const shown = await app.db.transaction(acting, shownOf)
    const isSaved = queryText(request, 'done') === 'saved'
    const typed = typedSettings(shown.settings)
    return sendPage(
      reply,
      <SettingsPage {...shown} typed={typed} {...(isSaved && { done: 'Settings saved' })} />,
    )
  })

  app.post(`${path}/check`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readSettings(request.body)
    const typed = typedOf(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = await shownOf(tx)
      if (!form.ok) return { shown: { ...shown, faults: form.refusal } }
      const reach = await settingsReach(tx, shown.settings, form.value)
      return {
        checked: {
          roles: shown.roles,
          changes: settingChanges(shown.settings, form.value, reach),
          typed: { ...typedSettings(form.value), version: shown.version },
        },
      }
    })
    if (outcome.checked) return sendPage(reply, <CheckSettingsPage {...outcome.checked} />)
    return sendPage(reply, <SettingsPage {...outcome.shown} typed={typed} />, 400)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readSettings(request.body)
    const typed = typedOf(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = await shownOf(tx)
      if (!form.ok) return { ...shown, faults: form.refusal }
      if (typed['version'] !== shown.version) return { ...shown, faults: [overtaken] }
      await setBookingRules(tx, form.value, await staffName(tx, tx.acting.staffId))
      return undefined
    })
    if (!outcome) return reply.redirect(`${path}?done=saved`, 303)
    return sendPage(reply, <SettingsPage {...outcome} typed={typed} />, 400)
  })
}

const overtaken: FieldFault = {
  field: 'maxHeld',
  message:
    'The settings were changed since you looked at them. Nothing was saved: check what you typed, and see again what would change',
}

async function shownOf(tx: Tx<StaffActing<'manage-practice'>>) {
  const last = await lastSettingsChange(tx)
  return {
    settings: await practiceSettings(tx),
    last,
    /** Tells apart what was checked from what somebody else saved meanwhile. */
    version: last.changedAt?.toISOString() ?? 'never',
    roles: await rolesOf(tx, tx.acting),
  }
}
