import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import {
  changeTemplate,
  createTemplate,
  retireTemplate,
  type TemplateRefusal,
} from '../../commands/templates/save-template.ts'
import type { TemplateId } from '../../domain/templates/session-template.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { sessionTemplates, templateById } from '../../queries/templates/templates.ts'
import { queryText } from '../query-text.ts'
import { choicesOf } from './choices.ts'
import { requireId, requireKey, typedOf } from './request-id.ts'
import {
  readTemplateForm,
  templateFaults,
  typedTemplate,
  type TemplateForm,
} from './template-form.ts'
import { TemplateFormPage } from './template-form-page.tsx'
import { TemplatesPage } from './templates-page.tsx'

const list = '/practice/appointments/templates'

/** Session templates: the list, adding, changing, copying and retiring. */
export function registerTemplates(app: FastifyInstance): void {
  app.get(list, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, async (tx) => ({
      templates: await sessionTemplates(tx),
      weeksAhead: (await practiceSettings(tx)).weeksAhead,
      today: localDateOf(tx.now),
      ...(await formShown(tx)),
    }))
    const done = doneWords[queryText(request, 'done') ?? '']
    return sendPage(reply, <TemplatesPage {...shown} {...(done !== undefined && { done })} />)
  })

  app.post(`${list}/:id/retire`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'Template'>(request)
    const retired = await app.db.transaction(acting, (tx) => retireTemplate(tx, id))
    if (!retired.ok) throw new NotFound()
    return reply.redirect(`${list}?done=retired`, 303)
  })
  registerAdding(app)
  registerChanging(app)
}

function registerAdding(app: FastifyInstance): void {
  app.get(`${list}/new`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const shown = await app.db.transaction(acting, formShown)
    const now = app.db.now()
    const typed = { everyWeeks: '1', startsOn: localDateOf(now) }
    const key = newId<'Template'>(now)
    return sendPage(reply, <TemplateFormPage {...shown} typed={typed} idempotencyKey={key} />)
  })

  app.get(`${list}/:id/copy`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'Template'>(request)
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await formShown(tx)),
      typed: { ...typedTemplate(await requireTemplate(tx, id)), startsOn: localDateOf(tx.now) },
    }))
    const key = newId<'Template'>(app.db.now())
    return sendPage(reply, <TemplateFormPage {...shown} idempotencyKey={key} />)
  })

  app.post(list, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const key = requireKey<'Template'>(request.body)
      const shown = { ...(await formShown(tx)), idempotencyKey: key }
      const form = formOf(request.body, shown)
      if (!form.ok) return { shown: { ...shown, faults: form.refusal } }
      const added = await createTemplate(tx, key, form.value.draft)
      if (added.ok) return { path: `${list}?done=added` }
      return { shown: { ...shown, faults: faultsOf(added.refusal, form.value) } }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    const typed = typedOf(request.body)
    return sendPage(
      reply,
      <TemplateFormPage {...outcome.shown} typed={typed} />,
      statusOf(outcome.shown),
    )
  })
}

function registerChanging(app: FastifyInstance): void {
  app.get(`${list}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'Template'>(request)
    const shown = await app.db.transaction(acting, async (tx) => {
      const changing = await requireTemplate(tx, id)
      return { ...(await formShown(tx)), changing, typed: typedTemplate(changing) }
    })
    return sendPage(reply, <TemplateFormPage {...shown} />)
  })

  app.post(`${list}/:id`, async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const id = requireId<'Template'>(request)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const shown = { ...(await formShown(tx)), changing: await requireTemplate(tx, id) }
      const form = formOf(request.body, shown)
      if (!form.ok) return { shown: { ...shown, faults: form.refusal } }
      const changed = await changeTemplate(tx, id, form.value.draft)
      if (changed.ok) return { path: `${list}?done=changed` }
      return { shown: { ...shown, faults: faultsOf(changed.refusal, form.value) } }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    const typed = typedOf(request.body)
    return sendPage(
      reply,
      <TemplateFormPage {...outcome.shown} typed={typed} />,
      statusOf(outcome.shown),
    )
  })
}

const doneWords: Readonly<Record<string, string>> = {
  added: 'Template added. Its sessions are made in the coming night, or when you make them',
  changed: 'Template changed, for sessions not made yet',
  retired: 'Template retired. Sessions made from it stay as they are',
}

/** Asking for more rows is not saving: the form comes back without faults and with what was typed. */
function formOf(body: unknown, shown: Awaited<ReturnType<typeof formShown>>) {
  const asksForRows = typedOf(body)['rows'] !== undefined
  if (asksForRows) return { ok: false, refusal: [] } as const
  return readTemplateForm(body, shown.choices)
}

function statusOf(shown: { readonly faults: readonly unknown[] }): number {
  return shown.faults.length > 0 ? 400 : 200
}

async function formShown(tx: Tx<StaffActing<'publish-slots'>>) {
  return { choices: await choicesOf(tx), roles: await rolesOf(tx, tx.acting) }
}

async function requireTemplate(tx: Tx<StaffActing<'publish-slots'>>, id: TemplateId) {
  const template = await templateById(tx, id)
  if (!template) throw new NotFound()
  return template
}

function faultsOf(refusal: TemplateRefusal, form: TemplateForm) {
  if (refusal.reason === 'not-found') throw new NotFound()
  return templateFaults(refusal, form.rows)
}
