import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatDayAndTime, minutesAfter } from '#kernel/time'
import type { Tx } from '#platform/db'
import { sendPage, type FieldFault } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { changeReleases, type ReleasesRefusal } from '../../commands/templates/change-releases.ts'
import { plannedReleases, unplannedReleases } from '../../queries/templates/releases.ts'
import { queryText } from '../query-text.ts'
import { readRelease } from '../slots-form.ts'
import { several } from './fields.ts'
import { plannedKey, unplannedKey } from './release-keys.ts'
import { ReleasesPage } from './releases-page.tsx'
import { typedOf } from './request-id.ts'

const path = '/practice/appointments/releases'
const weekLength = 7 * 24 * 60

/** What opens to patients when, and changing it. */
export function registerReleases(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const weeks = weeksAsked(request)
    const shown = await app.db.transaction(acting, (tx) => shownOf(tx, weeks))
    const changed = queryText(request, 'changed')
    const done = changed === '1' ? '1 slot changed' : `${Number(changed ?? 0)} slots changed`
    return sendPage(
      reply,
      <ReleasesPage {...shown} typed={{}} chosen={[]} {...(changed !== undefined && { done })} />,
    )
  })

  app.post(path, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const weeks = weeksAsked(request)
    const typed = typedOf(request.body)
    const chosen = several.parse(chosenIn(request.body))
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = await shownOf(tx, weeks)
      const release = readRelease(typed, tx.now)
      if (!release.releasedAt) return { shown: { ...shown, faults: release.faults } }
      const groups = {
        planned: shown.planned.filter((group) => chosen.includes(plannedKey(group))),
        unplanned: shown.unplanned.filter((group) => chosen.includes(unplannedKey(group))),
      }
      const changed = await changeReleases(tx, groups, release.releasedAt)
      if (!changed.ok) return { shown: { ...shown, faults: [whyNot(changed.refusal)] } }
      return { path: `${path}?weeks=${weeks}&changed=${changed.value.slots}` }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <ReleasesPage {...outcome.shown} typed={typed} chosen={chosen} />, 400)
  })
}

function whyNot(refusal: ReleasesRefusal): FieldFault {
  if (refusal.reason === 'nothing-chosen') {
    return { field: 'release', message: 'Choose at least one group of slots' }
  }
  const first = formatDayAndTime(refusal.firstAt)
  return {
    field: 'releaseDay',
    message: `The first of the chosen slots starts on ${first}. Choose a time before that`,
  }
}

async function shownOf(tx: Tx<StaffActing<'publish-slots'>>, weeks: number) {
  return {
    weeks,
    planned: await plannedReleases(tx, minutesAfter(tx.now, weeks * weekLength)),
    unplanned: await unplannedReleases(tx),
    roles: await rolesOf(tx, tx.acting),
  }
}

function weeksAsked(request: FastifyRequest): number {
  const text = queryText(request, 'weeks') ?? ''
  const weeks = /^\d{1,2}$/.test(text) ? Number(text) : 4
  return weeks >= 1 && weeks <= 26 ? weeks : 4
}

function chosenIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, 'release') : undefined
}
