import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { requireActing, type Acting } from '#modules/access'
import { answerQuestion } from '../../commands/asking/answer-question.ts'
import { askForReview } from '../../commands/asking/ask-for-review.ts'
import { maxWords } from '../../domain/asking/request.ts'
import { ownQuestions, ownRequests } from '../../queries/asking/requests.ts'
import { AskPage, QuestionPage } from './ask-page.tsx'

const query = z.object({ sent: z.string().optional().catch(undefined) })
const params = z.object({ questionId: z.string() })
const askForm = z.object({
  kind: z.enum(['missing', 'copy', 'wrong', 'hide'], { error: 'Choose what it is about' }),
  words: z
    .string()
    .trim()
    .min(1, 'Write what you would like your GP surgery to look at')
    .max(maxWords, `What you write must be ${maxWords} characters or fewer`),
})
const answerForm = z.object({
  answer: z.enum(['show', 'keep-off', 'talk'], { error: 'Choose an answer' }),
})

/** Asking the surgery about what is shown, and answering what it asks: each person their own. */
export function registerAsking(app: FastifyInstance): void {
  app.get('/record/ask', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    const { sent } = query.parse(request.query)
    const model = await app.db.transaction(acting, askingOf)
    return sendPage(reply, <AskPage {...model} isSent={sent !== undefined} />)
  })

  app.post('/record/ask', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    const form = parseForm(askForm, request.body)
    const asked = form.ok
      ? await app.db.transaction(acting, (tx) => askForReview(tx, form.value))
      : undefined
    if (asked?.ok) return reply.redirect('/record/ask?sent=yes', 303)
    const model = await app.db.transaction(acting, askingOf)
    const faults = form.ok ? tooMany : form.refusal
    return sendPage(reply, <AskPage {...model} faults={faults} />, 400)
  })

  app.get('/record/questions/:questionId', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    const model = await app.db.transaction(acting, (tx) => questionOf(tx, request))
    return sendPage(reply, <QuestionPage {...model} />)
  })

  app.post('/record/questions/:questionId', async (request, reply) => {
    const acting = await requireActing(request, 'record')
    const form = parseForm(answerForm, request.body)
    if (!form.ok) {
      const model = await app.db.transaction(acting, (tx) => questionOf(tx, request))
      return sendPage(reply, <QuestionPage {...model} faults={form.refusal} />, 400)
    }
    await app.db.transaction(acting, async (tx) => {
      const { question } = await questionOf(tx, request)
      if (question.answer === undefined)
        await answerQuestion(tx, { questionId: question.questionId, ...form.value })
    })
    return reply.redirect('/record/ask', 303)
  })
}

const tooMany = {
  faults: [
    {
      field: 'words',
      message:
        'Your GP surgery has five of your requests to answer: wait for one of them, or phone',
    },
  ],
  typed: {},
}

async function askingOf(tx: Tx<Acting<'record'>>) {
  const [requests, questions] = await Promise.all([
    ownRequests(tx),
    ownQuestions(tx),
    recordEvent(tx, { type: 'record.asking-viewed' }),
  ])
  return { requests, questions, today: localDateOf(tx.now) }
}

async function questionOf(tx: Tx<Acting<'record'>>, request: FastifyRequest) {
  const questionId = parseId<'PatientQuestion'>(params.parse(request.params).questionId)
  const question = (await ownQuestions(tx)).find((one) => one.questionId === questionId)
  if (!question) throw new NotFound()
  await recordEvent(tx, {
    type: 'record.question-viewed',
    details: { questionId: question.questionId },
  })
  return { question }
}
