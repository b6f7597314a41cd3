import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseForm, sendPage } from '#platform/http'
import { requireActing } from '#modules/access'
import { askForOlder, withdrawOlder } from '../../../commands/reading/ask-for-older.ts'
import { ownOlderRequest } from '../../../queries/reading/older-requests.ts'
import { lookAt } from '../look.tsx'
import { OlderPage } from './older-page.tsx'

const form = z.object({
  reason: z
    .string()
    .trim()
    .max(500, 'What you need it for must be 500 characters or fewer')
    .default(''),
})

/** Asking for older records, following it and taking it back. */
export function registerOlder(app: FastifyInstance): void {
  app.get('/record/older', async (request, reply) => {
    const page = await lookAt(app, request, 'older-viewed', async ({ seat, access }, tx) => (
      <OlderPage seat={seat} access={access} request={await ownOlderRequest(tx)} />
    ))
    return sendPage(reply, page)
  })

  app.post('/record/older', async (request, reply) => {
    const parsed = parseForm(form, request.body)
    if (!parsed.ok) {
      const { faults, typed } = parsed.refusal
      const page = await lookAt(app, request, 'older-viewed', async ({ seat, access }, tx) => {
        const found = await ownOlderRequest(tx)
        const kept = { faults, typed: typed['reason'] ?? '' }
        return <OlderPage seat={seat} access={access} request={found} {...kept} />
      })
      return sendPage(reply, page, 400)
    }
    const acting = await requireActing(request, 'record')
    await app.db.transaction(acting, (tx) => askForOlder(tx, parsed.value.reason))
    return reply.redirect('/record/older', 303)
  })

  app.post('/record/older/withdraw', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    await app.db.transaction(acting, withdrawOlder)
    return reply.redirect('/record/older', 303)
  })
}
