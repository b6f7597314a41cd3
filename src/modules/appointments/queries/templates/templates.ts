import { sql, type Tx } from '#platform/db'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type {
  SessionTemplate,
  TemplateId,
  TemplatePart,
} from '../../domain/templates/session-template.ts'

type TemplateRow = Omit<SessionTemplate, 'parts' | 'everyWeeks'> & { readonly everyWeeks: number }

interface PartRow extends TemplatePart {
  readonly templateId: TemplateId
}

/** A template with how many sessions to come it has given so far. */
export interface ListedTemplate extends SessionTemplate {
  readonly sessionsAhead: number
}

/** The practice's templates in use, by weekday, name and id, at most 1,000. */
export async function sessionTemplates(tx: Tx): Promise<readonly SessionTemplate[]> {
  const [rows, parts] = await Promise.all([
    tx.many<TemplateRow>(sql`
      select template_id, name, staff_id, room_id, site_id, weekday, every_weeks, starts_on, ends_on
      from appointments.session_template
      where practice = ${tx.acting.practice}
        and retired_at is null
      order by weekday, lower(name), template_id
      limit 1000
    `),
    tx.many<PartRow>(sql`
      select part.template_id, part.from_time, part.until_time, part.slot_type_id, part.minutes
      from appointments.template_part part
      join appointments.session_template template
        on template.practice = part.practice
        and template.template_id = part.template_id
        and template.retired_at is null
      where part.practice = ${tx.acting.practice}
      order by part.template_id, part.part_no
      limit 20000
    `),
  ])
  const byTemplate = Map.groupBy(parts, (part) => part.templateId)
  return rows.map((row) => ({
    ...row,
    everyWeeks: weeksOf(row),
    parts: (byTemplate.get(row.templateId) ?? []).map(partOf),
  }))
}

/** One template in use, with how many sessions to come were made from it. */
export async function templateById(
  tx: Tx,
  templateId: TemplateId,
): Promise<ListedTemplate | undefined> {
  const row = await tx.maybe<TemplateRow & { readonly sessionsAhead: number }>(sql`
    select template_id, name, staff_id, room_id, site_id, weekday, every_weeks, starts_on, ends_on,
      (select count(*)
        from appointments.session
        where session.practice = session_template.practice
          and session.template_id = session_template.template_id
          and session.cancelled_at is null
          and session.starts_at > ${tx.now})::integer as sessions_ahead
    from appointments.session_template
    where practice = ${tx.acting.practice}
      and template_id = ${templateId}
      and retired_at is null
  `)
  if (!row) return undefined
  const parts = await tx.many<TemplatePart>(sql`
    select from_time, until_time, slot_type_id, minutes
    from appointments.template_part
    where practice = ${tx.acting.practice}
      and template_id = ${templateId}
    order by part_no
    limit 20
  `)
  return { ...row, everyWeeks: weeksOf(row), parts }
}

/** Names of the templates in use that have a part of this type, by name, at most 100. */
export async function templatesUsing(tx: Tx, slotTypeId: SlotTypeId): Promise<readonly string[]> {
  const rows = await tx.many<{ readonly name: string }>(sql`
    select template.name
    from appointments.session_template template
    where template.practice = ${tx.acting.practice}
      and template.retired_at is null
      and exists (
        select
        from appointments.template_part part
        where part.practice = template.practice
          and part.template_id = template.template_id
          and part.slot_type_id = ${slotTypeId})
    order by lower(template.name), template.template_id
    limit 100
  `)
  return rows.map((row) => row.name)
}

function weeksOf(row: TemplateRow): SessionTemplate['everyWeeks'] {
  return row.everyWeeks === 2 ? 2 : 1
}

function partOf({ fromTime, untilTime, slotTypeId, minutes }: PartRow): TemplatePart {
  return { fromTime, untilTime, slotTypeId, minutes }
}
