import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { contentHash } from '#kernel/content-hash'
import { recordEvent } from '#platform/audit'
import { parseForm, sendPage } from '#platform/http'
import { requireStaff } from '#modules/access'
import { releasePart } from '../../commands/deciding/release-part.ts'
import { patientCopy, sentencesOf } from '../../domain/deciding/patient-copy.ts'
import { copiedEntry } from '../../queries/review/copied.ts'
import { decide } from './decision-routes.tsx'
import { entryIdOf, parseFilter, reviewOf } from './model.ts'
import { PartPage } from './part-page.tsx'

const many = z
  .union([z.string(), z.array(z.string())])
  .catch([])
  .default([])
  .transform((given) => [given].flat())
const text = z.string().catch('').default('')

/** What is ticked (a sentence by its number) and what is typed, one run of words a line. */
const takenForm = z
  .object({
    out: many,
    words: z.string().max(5000).catch('').default(''),
    decisionNo: z.coerce.number().int().min(0).catch(-1).default(-1),
    contentHash: text,
    step: text,
    left: text,
  })
  .transform(({ out, words, decisionNo, contentHash, step, left }) => ({
    out: new Set(out),
    words,
    step,
    left,
    seen: { decisionNo, contentHash },
  }))

/** Taking words out of an entry: choosing them, seeing what is left, and releasing that. */
export function registerPart(app: FastifyInstance): void {
  app.get('/practice/disclosure/:entryId/part', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const review = await reviewOf(tx, entryIdOf(request), parseFilter(request.query))
      await recordEvent(tx, {
        type: 'record.entry-reviewed',
        about: review.patient.patientId,
        details: { entryId: review.found.subject.entryId },
      })
      return { review, copied: await copiedEntry(tx, review.found.subject) }
    })
    return sendPage(reply, <PartPage {...model} out={new Set()} words="" />)
  })

  app.post('/practice/disclosure/:entryId/part', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(takenForm, request.body)
    const { out, words, step, left, seen } = form.ok ? form.value : nothingTaken
    const model = await app.db.transaction(acting, async (tx) => {
      const review = await reviewOf(tx, entryId, parseFilter(request.body))
      return { review, copied: await copiedEntry(tx, review.found.subject) }
    })
    const sentences = sentencesOf(model.copied)
    const isSame = seen.contentHash === model.review.found.subject.contentHash
    const taken = [
      ...sentences.filter((_, place) => out.has(String(place))).map((one) => one.text),
      ...words.split('\n').filter((line) => line.trim() !== ''),
    ]
    const copy = patientCopy(model.copied, taken)
    // Only what was shown as left is released: after another tick it is shown again first.
    const isAsShown = copy.ok && left === contentHash(copy.value)
    if (step !== 'release' || !isSame || !isAsShown) {
      const page = <PartPage {...model} out={out} words={words} copy={copy} />
      return sendPage(reply, page, copy.ok ? 200 : 400)
    }
    return decide(app, acting, request, reply, (tx) => releasePart(tx, { entryId, seen, taken }))
  })
}

const nothingTaken = {
  out: new Set<string>(),
  words: '',
  step: '',
  left: '',
  seen: { decisionNo: -1, contentHash: '' },
}
