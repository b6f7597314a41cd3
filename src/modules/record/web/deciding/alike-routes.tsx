import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { requireStaff } from '#modules/access'
import { releaseMany } from '../../commands/deciding/release-many.ts'
import { isLowRisk } from '../../domain/deciding/categories.ts'
import { heldAlike } from '../../queries/review/bulk.ts'
import { workCounts } from '../../queries/review/work.ts'
import { alikeForm } from '../decision-forms.ts'
import { AlikePage } from './alike-page.tsx'

const query = z.object({
  rule: z.string().max(60).catch('').default(''),
  released: z.coerce.number().int().min(0).optional().catch(undefined),
  changed: z.coerce.number().int().min(0).optional().catch(undefined),
})

/** Releasing what is held for one and the same harmless rule, each read on one page. */
export function registerAlike(app: FastifyInstance): void {
  app.get('/practice/disclosure/alike', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { rule, released, changed } = query.parse(request.query)
    const model = await app.db.transaction(acting, async (tx) => {
      if (!isLowRisk(rule)) throw new NotFound()
      const [rows, counts] = await Promise.all([
        heldAlike(tx, rule),
        workCounts(tx, localDateOf(tx.now)),
      ])
      const patientIds = [...new Set(rows.map((row) => row.patientId))]
      await recordEvent(tx, { type: 'record.queue-viewed', details: { patientIds, rule } })
      return { rows, counts }
    })
    const done = released === undefined ? undefined : { released, changed: changed ?? 0 }
    return sendPage(reply, <AlikePage {...model} rule={rule} {...(done && { done })} />)
  })

  app.post('/practice/disclosure/alike', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(alikeForm, request.body)
    if (!form.ok) throw new NotFound()
    const { rule } = form.value
    const taken = await app.db.transaction(acting, (tx) => releaseMany(tx, form.value))
    if (!taken.ok) throw new NotFound()
    const { released, changed } = taken.value
    const path = `/practice/disclosure/alike?rule=${encodeURIComponent(rule)}`
    return reply.redirect(`${path}&released=${released}&changed=${changed}`, 303)
  })
}
