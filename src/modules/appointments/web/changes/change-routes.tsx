import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import {
  sendChangeNow,
  undoChange,
  type StandingChange,
} from '../../commands/changes/undo-change.ts'
import { whenNotInUse } from '../../commands/changes/when-not-in-use.ts'
import type { ChangeId } from '../../domain/changes/change.ts'
import { changesMade } from '../../queries/changes/stored-changes.ts'
import { queryText } from '../query-text.ts'
import { changeModel } from './change-model.ts'
import { ChangePage, type ChangeModel } from './change-page.tsx'
import { ChangesPage } from './changes-page.tsx'
import { idInPath } from './fields.ts'
import { PhoneListPage } from './phone-list-page.tsx'
import { ChangeRefusedPage } from './refused-page.tsx'
import { registerPreview } from './preview-routes.tsx'
import { registerSessionPages } from './session-routes.tsx'

const pageSize = 25

/** Sessions and the changes made to them: one session, what a change would do, and what became of it. */
export function registerClinicChanges(app: FastifyInstance): void {
  registerSessionPages(app)
  registerPreview(app)
  registerMadeChanges(app)
}

function registerMadeChanges(app: FastifyInstance): void {
  app.get('/practice/appointments/changes', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const after = parseId<'ClinicChange'>(queryText(request, 'after'))
    const shown = await app.db.transaction(acting, async (tx) => {
      const found = await changesMade(tx, { count: pageSize + 1, ...(after && { after }) })
      return { found, roles: await rolesOf(tx, tx.acting), now: tx.now }
    })
    const changes = shown.found.slice(0, pageSize)
    const last = shown.found.length > pageSize ? changes.at(-1) : undefined
    const next = last && `/practice/appointments/changes?after=${last.changeId}`
    return sendPage(
      reply,
      <ChangesPage {...shown} changes={changes} next={next} isFirstPage={!after} />,
    )
  })

  app.get('/practice/appointments/changes/:changeId', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const done = doneWords[queryText(request, 'done') ?? '']
    const model = await app.db.transaction(acting, (tx) => modelOf(tx, request))
    return sendPage(reply, <ChangePage {...model} {...(done !== undefined && { done })} />)
  })

  app.get('/practice/appointments/changes/:changeId/to-phone', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const model = await app.db.transaction(acting, (tx) => modelOf(tx, request))
    return sendPage(reply, <PhoneListPage {...model} />)
  })
  registerStanding(app, 'undo', undoChange)
  registerStanding(app, 'tell-now', sendChangeNow)
}

/** What is done with a change that waits. */
function registerStanding(
  app: FastifyInstance,
  name: 'undo' | 'tell-now',
  command: typeof undoChange,
): void {
  app.post(`/practice/appointments/changes/:changeId/${name}`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const changeId = idInPath<'ClinicChange'>(request, 'changeId')
    const outcome = await whenNotInUse(app.db, acting, (tx) => command(tx, changeId))
    if (outcome.ok) return reply.redirect(`${pathOf(changeId)}?done=${name}`, 303)
    if (outcome.refusal === 'not-found') throw new NotFound()
    return sendPage(reply, <TooLatePage refusal={outcome.refusal} changeId={changeId} />, 409)
  })
}

function TooLatePage(props: {
  readonly refusal: Exclude<StandingChange, 'not-found'>
  readonly changeId: ChangeId
}) {
  const link = { text: 'See the change', href: pathOf(props.changeId) }
  return props.refusal === 'sent' ? (
    <ChangeRefusedPage
      title="It is too late to undo this"
      reason="Patients have been told. To give them their appointments back, phone them and book for them."
      link={link}
    />
  ) : (
    <ChangeRefusedPage
      title="This change was undone"
      reason="It was undone before, so there is nothing to tell patients."
      link={link}
    />
  )
}

const doneWords: Readonly<Record<string, string>> = {
  made: 'Change made',
  undo: 'Change undone',
  'tell-now': 'Patients are being told',
}

function pathOf(changeId: ChangeId): string {
  return `/practice/appointments/changes/${changeId}`
}

async function modelOf(
  tx: Tx<StaffActing<'publish-slots'>>,
  request: FastifyRequest,
): Promise<ChangeModel> {
  const model = await changeModel(tx, idInPath<'ClinicChange'>(request, 'changeId'))
  if (!model) throw new NotFound()
  return model
}
