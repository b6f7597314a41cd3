import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { askForMore, withdrawRequest } from '../../commands/requests/ask-for-more.ts'
import { openAssociation } from '../../queries/associations.ts'
import { ownLevelRequests } from '../../queries/requests/level-requests.ts'
import { requireActing, type Acting } from '../acting.tsx'
import { ServicesPage } from './services-page.tsx'
import { askingWords } from './words.ts'

const path = '/account/services'
const asking = z.object({
  service: z.enum(['appointments', 'prescriptions', 'record']),
  level: z.enum(['manage', 'summary', 'detailed', 'documents', 'full']),
})
const query = z.object({ asked: z.string().optional().catch(undefined) })

/** What a person may use, why not more, and asking for it. */
export function registerOwnServices(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const shown = await app.db.transaction(acting, async (tx) => {
      await recordEvent(tx, { type: 'access.services-viewed' })
      return shownTo(tx)
    })
    const isAsked = query.parse(request.query).asked === 'yes'
    return sendPage(reply, <ServicesPage {...shown} isAsked={isAsked} />)
  })

  app.post(`${path}/ask`, async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const form = parseForm(asking, request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const asked = form.ok ? await askForMore(tx, form.value) : undefined
      if (asked?.ok) return undefined
      const message = askingWords[asked ? asked.refusal : 'no-such-level']
      return { ...(await shownTo(tx)), faults: [{ field: '', message }] }
    })
    if (!outcome) return reply.redirect(`${path}?asked=yes`, 303)
    return sendPage(reply, <ServicesPage {...outcome} />, 400)
  })

  app.post(`${path}/requests/:requestId/withdraw`, async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const { requestId } = z.object({ requestId: z.string() }).parse(request.params)
    const id = parseId<'LevelRequest'>(requestId)
    await app.db.transaction(acting, async (tx) => {
      if (id) await withdrawRequest(tx, id)
    })
    return reply.redirect(path, 303)
  })
}

async function shownTo(tx: Tx<Acting>) {
  const { practice, accountId, patientId } = tx.acting
  const switches = await openAssociation(tx, { practice, accountId, patientId, now: tx.now })
  if (!switches) throw new NotFound()
  return { switches, requests: await ownLevelRequests(tx, { accountId, patientId }) }
}
