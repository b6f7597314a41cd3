import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addDays, localDateOf } from '#kernel/time'
import type { Result } from '#kernel/result'
import { brokenConstraint, type Tx } from '#platform/db'
import { NotFound, parseForm, sendPage, type FormFaults } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { holdEntry, releaseEntry, withholdEntry } from '../../commands/decide-entry.ts'
import { askPatient } from '../../commands/deciding/ask-patient.ts'
import type { Decided, Refusal } from '../../commands/deciding/decider.ts'
import { hideEntry } from '../../commands/deciding/hide-entry.ts'
import { passOn } from '../../commands/deciding/pass-on.ts'
import { lanesOf } from '../../domain/deciding/categories.ts'
import { entryInContext } from '../../queries/entry-in-context.ts'
import { decisionsOf, heldQueue, type QueueFilter } from '../../queries/review.ts'
import { hideForm, passOnForm, releaseForm, withholdForm } from '../decision-forms.ts'
import { NotDecidedPage } from '../not-decided-page.tsx'
import { queryOf } from '../queue-page.tsx'
import { ReviewPage } from '../review-page.tsx'
import { entryIdOf, parseFilter, reviewOf } from './model.ts'

type Deciding = StaffActing<'decide-disclosure'>

const base = '/practice/disclosure/:entryId'
const answerWithin = 14

/** What a person decides about one entry. */
export function registerDecisions(app: FastifyInstance): void {
  app.post(`${base}/release`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(releaseForm, request.body)
    if (!form.ok) throw new NotFound()
    return decide(app, acting, request, reply, (tx) => releaseEntry(tx, { entryId, ...form.value }))
  })

  app.post(`${base}/hold`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(releaseForm, request.body)
    if (!form.ok) throw new NotFound()
    return decide(app, acting, request, reply, (tx) =>
      holdEntry(tx, { entryId, seen: form.value.seen }),
    )
  })

  app.post(`${base}/withhold`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(withholdForm(localDateOf(app.db.now())), request.body)
    if (!form.ok) return sendFaults(app, acting, request, reply, form.refusal)
    const asked = { entryId: entryIdOf(request), ...form.value }
    return decide(app, acting, request, reply, (tx) => withholdEntry(tx, asked))
  })

  app.post(`${base}/misfiled`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(releaseForm, request.body)
    if (!form.ok) throw new NotFound()
    const { seen } = form.value
    const reviewOn = addDays(localDateOf(app.db.now()), 7)
    const asked = { entryId: entryIdOf(request), seen, ground: 'wrong-patient', reviewOn } as const
    return decide(app, acting, request, reply, (tx) => withholdEntry(tx, asked))
  })

  registerWaiting(app)
}

/** Decisions after which somebody decides again: hidden, asked, passed on, left. */
function registerWaiting(app: FastifyInstance): void {
  app.post(`${base}/hide`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(hideForm(localDateOf(app.db.now())), request.body)
    if (!form.ok) return sendFaults(app, acting, request, reply, form.refusal)
    const asked = { entryId: entryIdOf(request), ...form.value }
    return decide(app, acting, request, reply, (tx) => hideEntry(tx, asked))
  })

  app.post(`${base}/ask`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(releaseForm, request.body)
    if (!form.ok) throw new NotFound()
    const until = addDays(localDateOf(app.db.now()), answerWithin)
    const asked = { entryId: entryIdOf(request), seen: form.value.seen, until }
    return decide(app, acting, request, reply, (tx) => askPatient(tx, asked))
  })

  app.post(`${base}/pass-on`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(passOnForm, request.body)
    if (!form.ok) return sendFaults(app, acting, request, reply, form.refusal)
    const asked = { entryId: entryIdOf(request), ...form.value }
    return decide(app, acting, request, reply, (tx) => passOn(tx, asked))
  })

  app.get(`${base}/next`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const filter = parseFilter(request.query)
    const path = await app.db.transaction(acting, async (tx) => {
      const found = await entryInContext(tx, entryIdOf(request))
      if (!found) throw new NotFound()
      return nextPath(tx, filter, {
        entryId: found.subject.entryId,
        ...(found.decidedAt && { decidedAt: found.decidedAt }),
      })
    })
    return reply.redirect(path, 303)
  })
}

async function sendFaults(
  app: FastifyInstance,
  acting: Deciding,
  request: FastifyRequest,
  reply: FastifyReply,
  faults: FormFaults,
): Promise<FastifyReply> {
  const model = await app.db.transaction(acting, (tx) =>
    reviewOf(tx, entryIdOf(request), parseFilter(request.body)),
  )
  return sendPage(reply, <ReviewPage {...model} faults={faults} />, 400)
}

/** Takes a decision and leads to what waits next; two at the same moment are told apart by trying again. */
export async function decide(
  app: FastifyInstance,
  acting: Deciding,
  request: FastifyRequest,
  reply: FastifyReply,
  take: (tx: Tx<Deciding>) => Promise<Result<Decided, Refusal>>,
): Promise<FastifyReply> {
  const entryId = entryIdOf(request)
  const filter = parseFilter(request.body)
  const attempt = () =>
    app.db.transaction(acting, async (tx) => {
      const before = await entryInContext(tx, entryId)
      const taken = await take(tx)
      if (!taken.ok) return { refusal: taken.refusal, latest: (await decisionsOf(tx, entryId))[0] }
      const { decidedAt } = before ?? {}
      return { path: await nextPath(tx, filter, { entryId, ...(decidedAt && { decidedAt }) }) }
    })
  const outcome = await attempt().catch((fault: unknown) => {
    if (brokenConstraint(fault) !== 'disclosure_decision_pkey') throw fault
    return attempt()
  })
  if ('path' in outcome) return reply.redirect(outcome.path, 303)
  const { refusal, latest } = outcome
  if (refusal.reason === 'not-there') throw new NotFound()
  const href = `/practice/disclosure/${entryId}${queryOf(filter)}`
  return sendPage(reply, <NotDecidedPage refusal={refusal} latest={latest} href={href} />, 409)
}

/** What waits after this entry in the same queue, or from its beginning, or the queue where nothing does. */
async function nextPath(
  tx: Tx<Deciding>,
  asked: QueueFilter,
  { entryId, decidedAt }: { readonly entryId: QueueFilterEntry; readonly decidedAt?: Date },
): Promise<string> {
  const lane = asked.lane ?? lanesOf(await rolesOf(tx, tx.acting))[0] ?? 'clinician'
  const filter = { ...asked, lane }
  const after = decidedAt && { decidedAt, entryId }
  const [next] = await heldQueue(tx, filter, { limit: 1, ...(after && { after }) })
  const [first] = next ? [] : await heldQueue(tx, filter, { limit: 1 })
  const row = next ?? first
  const query = queryOf(asked)
  return row ? `/practice/disclosure/${row.entryId}${query}#decide` : `/practice/disclosure${query}`
}

type QueueFilterEntry = Parameters<typeof entryInContext>[1]
