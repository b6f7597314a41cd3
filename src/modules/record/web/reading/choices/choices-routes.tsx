import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refused, sendPage } from '#platform/http'
import { requireActing } from '#modules/access'
import { chooseReading, type ChosenReading } from '../../../commands/reading/choose-reading.ts'
import { keepable, tellable } from '../../../domain/reading/choices.ts'
import { ownReadingChoices } from '../../../queries/reading/choices.ts'
import { lookAt } from '../look.tsx'
import { ChoicesPage } from './choices-page.tsx'

const query = z.object({ saved: z.literal('yes').optional().catch(undefined) })
const form = z.record(z.string(), z.unknown()).catch({})

/** The patient's choices about what they are told and who else sees it. Source: DOMAIN TR-3. */
export function registerChoices(app: FastifyInstance): void {
  app.get('/record/choices', async (request, reply) => {
    const isSaved = query.parse(request.query).saved === 'yes'
    const page = await lookAt(app, request, 'choices-viewed', async ({ seat }, tx) => {
      const isProxy = tx.acting.as === 'proxy'
      const choices = isProxy ? [] : await ownReadingChoices(tx)
      return <ChoicesPage seat={seat} choices={choices} isSaved={isSaved} isProxy={isProxy} />
    })
    return sendPage(reply, page)
  })

  app.post('/record/choices', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    const chosen = parseChosen(request.body)
    const saved = await app.db.transaction(acting, (tx) => chooseReading(tx, chosen))
    if (!saved.ok) {
      const seat = { base: '/record' }
      throw new Refused(<ChoicesPage seat={seat} choices={[]} isSaved={false} isProxy />, 409)
    }
    return reply.redirect('/record/choices?saved=yes', 303)
  })
}

function parseChosen(body: unknown): ChosenReading {
  const given = form.parse(body)
  const kept = [given['private']].flat()
  return {
    tellInPerson: tellable.filter((subject) => given[`tell-${subject}`] === 'person'),
    keepPrivate: keepable.filter((subject) => kept.includes(subject)),
  }
}
