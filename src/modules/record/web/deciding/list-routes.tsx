import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { answerRequest } from '../../commands/asking/answer-request.ts'
import { finishAccessTask } from '../../commands/deciding/access-task.ts'
import { maxWords, type RequestId } from '../../domain/asking/request.ts'
import { reviewRequests } from '../../queries/asking/requests.ts'
import { dueForReview } from '../../queries/review.ts'
import { openAccessTasks } from '../../queries/review/access-tasks.ts'
import { proposedReleases, workCounts } from '../../queries/review/work.ts'
import { AccessTasksPage } from './access-tasks-page.tsx'
import { DuePage, SecondPage } from './due-page.tsx'
import { RequestPage, RequestsPage } from './requests-page.tsx'

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** The lists of what else waits: a second person, a day that has come, patients who ask, access. */
export function registerLists(app: FastifyInstance): void {
  app.get('/practice/disclosure/second', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await proposedReleases(tx)
      return { rows, now: tx.now, counts: await listed(tx, rows) }
    })
    return sendPage(reply, <SecondPage {...model} />)
  })

  app.get('/practice/disclosure/due', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await dueForReview(tx, localDateOf(tx.now), 100)
      return { rows, today: localDateOf(tx.now), counts: await listed(tx, rows) }
    })
    return sendPage(reply, <DuePage {...model} />)
  })

  registerAccessTasks(app)
  registerRequests(app)
}

function registerAccessTasks(app: FastifyInstance): void {
  app.get('/practice/disclosure/access', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await openAccessTasks(tx)
      return { rows, counts: await listed(tx, rows) }
    })
    return sendPage(reply, <AccessTasksPage {...model} />)
  })

  app.post('/practice/disclosure/access/:taskId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const taskId = idIn<'AccessTask'>(request, 'taskId')
    const form = parseForm(taskForm, request.body)
    const problem = form.ok ? undefined : 'Choose what became of the access'
    const done = form.ok
      ? await app.db.transaction(acting, (tx) => finishAccessTask(tx, { taskId, ...form.value }))
      : undefined
    if (done?.ok) return reply.redirect('/practice/disclosure/access', 303)
    if (done?.refusal.reason === 'not-there') throw new NotFound()
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await openAccessTasks(tx)
      return { rows, counts: await listed(tx, rows) }
    })
    const needsRole = 'A safeguarding lead or a clinician has to end the review: ask one of them'
    const page = <AccessTasksPage {...model} problem={{ taskId, words: problem ?? needsRole }} />
    return sendPage(reply, page, 400)
  })
}

const taskForm = z.object({
  conclusion: z.enum(['access-kept', 'access-lowered', 'access-ended']),
})

const answerForm = z.object({
  outcome: z.enum(['shown', 'copy-given', 'corrected', 'hidden', 'no-more', 'to-discuss'], {
    error: 'Choose what you did',
  }),
  answer: z
    .string()
    .trim()
    .min(1, 'Write the answer')
    .max(maxWords, `Answer must be ${maxWords} characters or fewer`),
})

function registerRequests(app: FastifyInstance): void {
  app.get('/practice/disclosure/requests', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await reviewRequests(tx)
      return { rows, today: localDateOf(tx.now), counts: await listed(tx, rows) }
    })
    return sendPage(reply, <RequestsPage {...model} />)
  })

  app.get('/practice/disclosure/requests/:requestId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, (tx) =>
      oneRequest(tx, idIn<'ReviewRequest'>(request, 'requestId')),
    )
    return sendPage(reply, <RequestPage {...model} />)
  })

  app.post('/practice/disclosure/requests/:requestId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const requestId = idIn<'ReviewRequest'>(request, 'requestId')
    const form = parseForm(answerForm, request.body)
    if (!form.ok) {
      const model = await app.db.transaction(acting, (tx) => oneRequest(tx, requestId))
      return sendPage(reply, <RequestPage {...model} faults={form.refusal} />, 400)
    }
    const answered = await app.db.transaction(acting, (tx) =>
      answerRequest(tx, { requestId, ...form.value }),
    )
    if (!answered.ok && answered.refusal.reason === 'not-there') throw new NotFound()
    if (answered.ok) return reply.redirect('/practice/disclosure/requests', 303)
    const model = await app.db.transaction(acting, (tx) => oneRequest(tx, requestId))
    return sendPage(reply, <RequestPage {...model} />, 409)
  })
}

async function oneRequest(tx: Decider, requestId: RequestId) {
  const [row] = await reviewRequests(tx, requestId)
  if (!row) throw new NotFound()
  await recordEvent(tx, {
    type: 'record.review-request-viewed',
    about: row.patientId,
    details: { requestId },
  })
  return { row, today: localDateOf(tx.now) }
}

/** How much waits elsewhere; that these patients were seen in a list is noted. */
async function listed(tx: Decider, rows: readonly { readonly patientId: string }[]) {
  const patientIds = [...new Set(rows.map((row) => row.patientId))]
  await recordEvent(tx, { type: 'record.queue-viewed', details: { patientIds } })
  return workCounts(tx, localDateOf(tx.now))
}

function idIn<Name extends string>(request: FastifyRequest, name: string): Id<Name> {
  const params = z.record(z.string(), z.string()).parse(request.params)
  const id = parseId<Name>(params[name])
  if (!id) throw new NotFound()
  return id
}
