import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { newId, parseId } from '#kernel/id'
import { localDateOf, parseLocalDate } from '#kernel/time'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, type FieldFault } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { makeChange } from '../../commands/changes/make-change.ts'
import { whenNotInUse } from '../../commands/changes/when-not-in-use.ts'
import { maxWords } from '../../domain/changes/change.ts'
import type { ChangeRefusal } from '../../domain/changes/plan.ts'
import {
  clinicSessions,
  sessionsOfClinician,
  type NamedSession,
} from '../../queries/changes/clinic-sessions.ts'
import { waitingChange } from '../../queries/changes/stored-changes.ts'
import { queryText } from '../query-text.ts'
import { changeChoices } from './choices.ts'
import { ChoosePage } from './choose-page.tsx'
import { fieldsOf, textOf, typedOf, type Fields } from './fields.ts'
import { ChangeFormPage } from './form-pages.tsx'
import { previewOf } from './preview-model.ts'
import { PreviewPage } from './preview-page.tsx'
import { fieldOfRefusal, readAsked, readNamed, type NamedChange } from './read-asked.ts'
import { ChangeRefusedPage } from './refused-page.tsx'
import { formatRefusal, usualWords } from './words.ts'

type Publishing = Tx<StaffActing<'publish-slots'>>

/** A page with its status. */
interface Shown {
  readonly page: VNode
  readonly status: number
}

/** Choosing what to change, seeing what would follow, and doing it. */
export function registerPreview(app: FastifyInstance): void {
  app.get('/practice/appointments/changes/new', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const page = await app.db.transaction(acting, (tx) => choosing(tx, request))
    return sendPage(reply, page)
  })

  app.get('/practice/appointments/changes/preview', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const fields = fieldsOf(request.query)
    const shown = await app.db.transaction(acting, (tx) => previewing(tx, fields))
    return show(reply, shown)
  })

  app.post('/practice/appointments/changes', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const fields = fieldsOf(request.body)
    const outcome = await whenNotInUse(app.db, acting, (tx) => making(tx, fields))
    if ('page' in outcome) return show(reply, outcome)
    return reply.redirect(outcome.path, 303)
  })
}

function show(reply: FastifyReply, { page, status }: Shown): FastifyReply {
  return sendPage(reply, page, status)
}

async function choosing(tx: Publishing, request: FastifyRequest): Promise<VNode> {
  const [choices, roles] = await Promise.all([changeChoices(tx), rolesOf(tx, tx.acting)])
  const staff = queryText(request, 'staff')
  const asked = queryText(request, 'day')
  const day = parseLocalDate(asked ?? '')
  const staffId = choices.clinicians.find((one) => one.staffId === staff)?.staffId
  const shown = { choices, roles, day: day ?? localDateOf(tx.now), staffId: staffId ?? '' }
  if (staff === undefined) return <ChoosePage {...shown} />

  const faults = [
    ...(staffId ? [] : [{ field: 'staff', message: 'Choose a clinician' }]),
    ...(day ? [] : [{ field: 'day', message: 'Enter the day' }]),
  ]
  if (!staffId || !day) return <ChoosePage {...shown} faults={faults} />
  const sessions = await sessionsOfClinician(tx, staffId, day)
  const ahead = sessions.filter((session) => session.endsAt > tx.now)
  return <ChoosePage {...shown} sessions={ahead} />
}

async function previewing(tx: Publishing, fields: Fields): Promise<Shown> {
  const named = readNamed(fields)
  if (!named) throw new NotFound()
  const choices = await changeChoices(tx)
  const read = readAsked(named, fields, choices)
  if (!read.asked) return again(tx, named, fields, read.faults)

  const preview = await previewOf(tx, read.asked)
  if (!preview.ok) return refused(tx, named, fields, preview.refusal.reason)
  const page = (
    <PreviewPage
      preview={preview.value}
      choices={choices}
      words={usualWords[named.kind]}
      idempotencyKey={newId<'ClinicChange'>(tx.now)}
    />
  )
  return { page, status: 200 }
}

async function making(tx: Publishing, fields: Fields): Promise<Shown | { readonly path: string }> {
  const named = readNamed(fields)
  const changeId = parseId<'ClinicChange'>(textOf(fields, 'idempotencyKey'))
  if (!named || !changeId) throw new NotFound()
  const choices = await changeChoices(tx)
  const read = readAsked(named, fields, choices)
  if (!read.asked) return again(tx, named, fields, read.faults)

  const isAsked = fields.has('words')
  const words = isAsked ? textOf(fields, 'words').replaceAll('\r\n', '\n') : usualWords[named.kind]
  const faults = wordsFaults(words, isAsked)
  if (faults.length > 0) {
    const preview = await previewOf(tx, read.asked)
    if (!preview.ok) return refused(tx, named, fields, preview.refusal.reason)
    const shown = { preview: preview.value, choices, words, idempotencyKey: changeId, faults }
    return { page: <PreviewPage {...shown} />, status: 400 }
  }
  const made = await makeChange(tx, { changeId, asked: read.asked, words })
  if (!made.ok) return refused(tx, named, fields, made.refusal)
  return { path: `/practice/appointments/changes/${made.value}?done=made` }
}

function wordsFaults(words: string, isAsked: boolean): readonly FieldFault[] {
  if (isAsked && words === '') {
    return [{ field: 'words', message: 'Enter what patients will read' }]
  }
  return words.length > maxWords
    ? [{ field: 'words', message: `What patients read must be ${maxWords} characters or less` }]
    : []
}

/** The form once more, with what is wrong with it. */
async function again(
  tx: Publishing,
  { kind, sessionIds }: NamedChange,
  fields: Fields,
  faults: readonly FieldFault[],
): Promise<Shown> {
  const [session] = await clinicSessions(tx, sessionIds)
  if (!session || kind === 'cancel') return notPossible(faults[0]?.message ?? '', choosingLink)
  const model = { kind, session, choices: await changeChoices(tx), now: tx.now }
  return {
    page: <ChangeFormPage {...model} typed={typedOf(fields)} faults={faults} />,
    status: 400,
  }
}

/** Why it cannot be done: on the form where another answer mends it, or on a page of its own. */
async function refused(
  tx: Publishing,
  named: NamedChange,
  fields: Fields,
  refusal: ChangeRefusal,
): Promise<Shown> {
  const { kind, sessionIds } = named
  const field = fieldOfRefusal(kind, refusal)
  const message = formatRefusal(kind, refusal)
  if (field !== undefined) return again(tx, named, fields, [{ field, message }])

  const [sessions, waiting] = await Promise.all([
    clinicSessions(tx, sessionIds),
    waitingChange(tx, sessionIds),
  ])
  if (sessions.length === 0) throw new NotFound()
  return notPossible(message, waiting ? changeLink(waiting.changeId) : sessionLink(sessions))
}

function notPossible(
  reason: string,
  link: { readonly text: string; readonly href: string },
): Shown {
  const page = <ChangeRefusedPage title="This cannot be done now" reason={reason} link={link} />
  return { page, status: 409 }
}

const choosingLink = { text: 'Choose sessions', href: '/practice/appointments/changes/new' }

function changeLink(changeId: string) {
  return { text: 'See the change that waits', href: `/practice/appointments/changes/${changeId}` }
}

function sessionLink([session]: readonly NamedSession[]) {
  return {
    text: 'See the session',
    href: `/practice/appointments/sessions/${session?.sessionId ?? ''}`,
  }
}
