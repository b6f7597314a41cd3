import type { FastifyInstance } from 'fastify'
import type { Tx } from '#platform/db'
import { sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { keepExtending } from '../../commands/templates/extend-sessions.ts'
import { makeSessions, sessionsToMake } from '../../commands/templates/make-sessions.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { queryText } from '../query-text.ts'
import { choicesOf } from './choices.ts'
import { PreviewPage } from './preview-page.tsx'
import { typedOf } from './request-id.ts'

const path = '/practice/appointments/templates'

/** What templates give in the weeks ahead, and making it. */
export function registerMaking(app: FastifyInstance): void {
  app.get(`${path}/preview`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const asked = readWeeks(queryText(request, 'weeks'))
    const shown = await app.db.transaction(acting, (tx) => previewOf(tx, asked))
    const done = doneIn(queryText(request, 'made'), queryText(request, 'left'))
    return sendPage(reply, <PreviewPage {...shown} {...(done !== undefined && { done })} />)
  })

  app.post(`${path}/make`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const typed = typedOf(request.body)
    const asked = readWeeks(typed['weeks'])
    const despiteClashes = typed['despiteClashes'] === 'yes'
    const { weeks, made } = await app.db.transaction(acting, async (tx) => {
      const weeks = asked ?? (await practiceSettings(tx)).weeksAhead
      await keepExtending(tx)
      return { weeks, made: await makeSessions(tx, { weeks, despiteClashes }) }
    })
    const query = `weeks=${weeks}&made=${made.sessions}&left=${made.undecided}`
    return reply.redirect(`${path}/preview?${query}`, 303)
  })
}

async function previewOf(tx: Tx<StaffActing<'publish-slots'>>, asked: number | undefined) {
  const weeks = asked ?? (await practiceSettings(tx)).weeksAhead
  return {
    weeks,
    laid: await sessionsToMake(tx, weeks),
    choices: await choicesOf(tx),
    roles: await rolesOf(tx, tx.acting),
  }
}

function readWeeks(text: string | undefined): number | undefined {
  const weeks = /^\d{1,2}$/.test(text ?? '') ? Number(text) : 0
  return weeks >= 1 && weeks <= 26 ? weeks : undefined
}

function doneIn(made: string | undefined, left: string | undefined): string | undefined {
  const [many, undecided] = [Number(made ?? 'none'), Number(left ?? 'none')]
  if (!Number.isInteger(many)) return undefined
  const told = many === 1 ? '1 session was made' : `${many} sessions were made`
  if (!Number.isInteger(undecided) || undecided === 0) return told
  return `${told}, and ${undecided} left for you to decide`
}
