import type { FastifyInstance } from 'fastify'
import { recordEvent } from '#platform/audit'
import { sendPage } from '#platform/http'
import { requireStaff } from '#modules/access'
import { handOut, type HandOutMove } from '../../commands/queue/hand-out.ts'
import { lateNow } from '../../queries/queue/late.ts'
import { handOutsOnPage, itemsToHandOut } from '../../queries/queue/to-hand-out.ts'
import { practiceRules } from '../../queries/rules.ts'
import { parsePage } from '../paging.tsx'
import { requireId } from '../require-id.ts'
import { HandOutPage } from './hand-out-page.tsx'
import { leaveFor } from './item-model.tsx'
import { decideForm } from './reject-form.ts'

const path = '/practice/prescriptions/collecting'

const moves: Readonly<Record<string, HandOutMove>> = {
  ready: 'make-ready',
  collected: 'hand-over',
  'not-collected': 'give-up',
}

/** What was approved for paper or the practice's own dispensary, until it is fetched. */
export function registerHandingOut(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const page = parsePage(request.query)
    const shown = await app.db.transaction(acting, async (tx) => {
      const items = await itemsToHandOut(tx, page)
      const { rules } = await practiceRules(tx)
      const seen = new Set(items.slice(0, handOutsOnPage).map((item) => item.patientId))
      for (const about of seen) {
        await recordEvent(tx, { type: 'prescriptions.requests-viewed', about })
      }
      return { items, late: (await lateNow(tx, rules)).late }
    })
    return sendPage(reply, <HandOutPage {...shown} page={page} />)
  })

  for (const [step, move] of Object.entries(moves)) {
    app.post(`/practice/prescriptions/items/:id/${step}`, async (request, reply) => {
      const acting = await requireStaff(request, 'triage-prescriptions')
      const itemId = requireId<'OrderItem'>(request.params)
      const { version, page, view } = decideForm.parse(request.body ?? {})
      const done = await app.db.transaction(acting, (tx) => handOut(tx, { itemId, version }, move))
      if (!done.ok) throw leaveFor(done.refusal, { page, view })
      return reply.redirect(`${path}?page=${page}`, 303)
    })
  }
}
