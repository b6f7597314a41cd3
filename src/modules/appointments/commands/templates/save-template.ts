import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import {
  partFaults,
  type PartFault,
  type TemplateDraft,
  type TemplateId,
} from '../../domain/templates/session-template.ts'
import { slotTypes } from '../../queries/templates/slot-types.ts'
import { templateById } from '../../queries/templates/templates.ts'
import { keepExtending } from './extend-sessions.ts'

type Writing = Tx<StaffActing<'publish-slots'> | SystemProof>

export type TemplateRefusal =
  | { readonly reason: 'not-found' | 'type-retired' | 'no-parts' | 'ends-before-it-starts' }
  | { readonly reason: 'parts'; readonly faults: readonly PartFault[] }

/**
 * Adds a template. Its id is the form's own: the same form sent again changes nothing. Sessions are
 * made of it when staff next make some, or in the coming night.
 */
export async function createTemplate(
  tx: Writing,
  templateId: TemplateId,
  draft: TemplateDraft,
): Promise<Result<TemplateId, TemplateRefusal>> {
  const refusal = await whyNot(tx, draft)
  if (refusal) return refuse(refusal)
  const added = await tx.run(sql`
    insert into appointments.session_template
      (practice, template_id, name, staff_id, room_id, site_id, weekday, every_weeks, starts_on,
       ends_on, changed_at)
    values (${tx.acting.practice}, ${templateId}, ${draft.name}, ${draft.staffId}, ${draft.roomId},
      ${draft.siteId}, ${draft.weekday}, ${draft.everyWeeks}, ${draft.startsOn}, ${draft.endsOn},
      ${tx.now})
    on conflict do nothing
  `)
  if (added === 0) return accept(templateId)
  await writeParts(tx, templateId, draft)
  await keepExtending(tx)
  await recordEvent(tx, { type: 'appointments.template-added', details: { templateId } })
  return accept(templateId)
}

/** Changes a template, for sessions not yet made. Those made of it stay as they are. */
export async function changeTemplate(
  tx: Writing,
  templateId: TemplateId,
  draft: TemplateDraft,
): Promise<Result<TemplateId, TemplateRefusal>> {
  const refusal = await whyNot(tx, draft)
  if (refusal) return refuse(refusal)
  const changed = await tx.run(sql`
    update appointments.session_template
    set name = ${draft.name}, staff_id = ${draft.staffId}, room_id = ${draft.roomId},
      site_id = ${draft.siteId}, weekday = ${draft.weekday}, every_weeks = ${draft.everyWeeks},
      starts_on = ${draft.startsOn}, ends_on = ${draft.endsOn}, changed_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and template_id = ${templateId}
      and retired_at is null
  `)
  if (changed === 0) return refuse({ reason: 'not-found' })
  await tx.run(sql`
    delete from appointments.template_part
    where practice = ${tx.acting.practice}
      and template_id = ${templateId}
  `)
  await writeParts(tx, templateId, draft)
  await keepExtending(tx)
  await recordEvent(tx, { type: 'appointments.template-changed', details: { templateId } })
  return accept(templateId)
}

/** Takes a template out of use. Sessions made of it stay as they are. Asked again, the same. */
export async function retireTemplate(
  tx: Tx<StaffActing<'publish-slots'>>,
  templateId: TemplateId,
): Promise<Result<TemplateId, { readonly reason: 'not-found' }>> {
  const template = await templateById(tx, templateId)
  if (!template) return refuse({ reason: 'not-found' })
  await tx.run(sql`
    update appointments.session_template
    set retired_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and template_id = ${templateId}
      and retired_at is null
  `)
  await recordEvent(tx, { type: 'appointments.template-retired', details: { templateId } })
  return accept(templateId)
}

async function whyNot(tx: Writing, draft: TemplateDraft): Promise<TemplateRefusal | undefined> {
  const { parts, startsOn, endsOn } = draft
  if (parts.length === 0) return { reason: 'no-parts' }
  const faults = partFaults(parts)
  if (faults.length > 0) return { reason: 'parts', faults }
  if (endsOn !== undefined && endsOn < startsOn) return { reason: 'ends-before-it-starts' }
  const inUse = new Set((await slotTypes(tx)).map((type) => type.slotTypeId))
  return parts.every((part) => inUse.has(part.slotTypeId)) ? undefined : { reason: 'type-retired' }
}

async function writeParts(
  tx: Writing,
  templateId: TemplateId,
  draft: TemplateDraft,
): Promise<void> {
  const parts = draft.parts
    .toSorted((one, other) => (one.fromTime < other.fromTime ? -1 : 1))
    .map((part, index) => ({ ...part, partNo: index + 1 }))
  await tx.run(sql`
    insert into appointments.template_part
      (practice, template_id, part_no, from_time, until_time, slot_type_id, minutes)
    select ${tx.acting.practice}, ${templateId}::uuid, given."partNo", given."fromTime",
      given."untilTime", given."slotTypeId", given.minutes
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as given (
      "partNo" integer, "fromTime" text, "untilTime" text, "slotTypeId" uuid, minutes integer)
  `)
}
