import type { FastifyInstance } from 'fastify'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, typedText } from '#platform/http'
import { setAccessPolicy } from '../../commands/rights/set-policy.ts'
import { setPracticeServices } from '../../commands/set-access.ts'
import { accessPolicy } from '../../queries/rights/policy.ts'
import { practiceReach } from '../../queries/rights/reach.ts'
import { requireStaff, type StaffActing } from '../staff.tsx'
import { readAccessSettings, typedAccessSettings } from './fields.ts'
import { AccessSettingsPage, CheckAccessPage } from './settings-page.tsx'

const path = '/practice/online/settings'

/** The practice's own switches and defaults: seeing, checking and saving them. */
export function registerAccessSettings(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const { typed, reach } = await app.db.transaction(acting, shownOf)
    const isSaved = request.url.endsWith('?done=saved')
    const shown = { typed, changedAt: reach.changedAt, isSaved }
    return sendPage(reply, <AccessSettingsPage {...shown} />)
  })

  app.post(`${path}/check`, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readAccessSettings(request.body)
    const { typed, reach } = await app.db.transaction(acting, shownOf)
    if (!form.ok) {
      const given = { ...typed, ...typedOf(request.body) }
      return sendPage(reply, <AccessSettingsPage typed={given} faults={form.refusal} />, 400)
    }
    const counts = {
      appointments: reach.withAppointments,
      prescriptions: reach.withPrescriptions,
      recordLevel: reach.withRecord,
    }
    const later = typedAccessSettings(form.value)
    return sendPage(reply, <CheckAccessPage before={typed} typed={later} reach={counts} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = readAccessSettings(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      if (!form.ok) return shownOf(tx)
      await setPracticeServices(tx, form.value.services)
      await setAccessPolicy(tx, form.value.policy)
      return undefined
    })
    if (!outcome) return reply.redirect(`${path}?done=saved`, 303)
    const typed = { ...outcome.typed, ...typedOf(request.body) }
    const faults = form.ok ? [] : form.refusal
    return sendPage(reply, <AccessSettingsPage typed={typed} faults={faults} />, 400)
  })
}

function typedOf(body: unknown): Readonly<Record<string, string>> {
  return typeof body === 'object' && body !== null ? typedText(body) : {}
}

async function shownOf(tx: Tx<StaffActing<'manage-practice'>>) {
  const [reach, policy] = await Promise.all([practiceReach(tx), accessPolicy(tx)])
  if (!reach) throw new NotFound()
  const { appointments, prescriptions, recordLevel } = reach
  const services = { appointments, prescriptions, recordLevel }
  return { reach, typed: typedAccessSettings({ services, policy }) }
}
