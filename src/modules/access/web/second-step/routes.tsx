import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { NotFound, parseForm, Refused, SeeOther, sendPage } from '#platform/http'
import type { Tx } from '#platform/db'
import { chooseSecondStep } from '../../commands/second-step/choose-second-step.ts'
import { needsSecondStep, secondStepChoices } from '../../domain/second-step/second-step.ts'
import { openAssociation } from '../../queries/associations.ts'
import { requireActing, type Acting } from '../acting.tsx'
import { OnlyYouPage, SecondStepPage } from './pages.tsx'

const path = '/account/second-step'
const fault = 'Choose how often'
const form = z.object({
  minutes: z
    .string({ error: fault })
    .transform(Number)
    .refine((minutes) => secondStepChoices.some((one) => one === minutes), fault),
})

/** Whether the record asks again who reads it: the patient's own to choose, and of nobody for them. */
export function registerSecondStep(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const minutes = await app.db.transaction(acting, minutesNow)
    const isSaved = request.url.endsWith('?done=saved')
    return sendPage(reply, <SecondStepPage minutes={minutes} isSaved={isSaved} />)
  })

  app.post(path, async (request, reply) => {
    const acting = await requireActing(request, 'home')
    const given = parseForm(form, request.body)
    const again = await app.db.transaction(acting, async (tx) => {
      const minutes = await minutesNow(tx)
      if (!given.ok) return { minutes, faults: given.refusal.faults }
      // It is taken away only by whoever could take it.
      if (needsSecondStep(minutes, acting.provedAt, tx.now))
        throw new SeeOther(`/account/confirm?next=${encodeURIComponent(path)}`)
      await chooseSecondStep(tx, given.value.minutes)
      return undefined
    })
    if (again) return sendPage(reply, <SecondStepPage {...again} />, 400)
    return reply.redirect(`${path}?done=saved`, 303)
  })
}

async function minutesNow(tx: Tx<Acting>): Promise<number> {
  const { practice, accountId, patientId } = tx.acting
  if (tx.acting.as !== 'self') throw new Refused(<OnlyYouPage />)
  const open = await openAssociation(tx, { practice, accountId, patientId, now: tx.now })
  if (!open) throw new NotFound()
  return open.secondStepMinutes
}
