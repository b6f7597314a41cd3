import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import { parseForm, type FieldFault } from '#platform/http'
import type { TemplateRefusal } from '../../commands/templates/save-template.ts'
import type {
  PartFault,
  SessionTemplate,
  TemplateDraft,
  TemplatePart,
} from '../../domain/templates/session-template.ts'
import type { SessionChoices } from './choices.ts'
import { day, isTime, oneOf, optionalById, optionalDay, words } from './fields.ts'
import { typedOf } from './request-id.ts'

/** The most parts that a template has. */
export const mostParts = 20

/** A part as typed, and which row of the form it is in, from 1. */
interface PartRow {
  readonly row: number
  readonly from: string
  readonly until: string
  readonly type: string
  readonly minutes: string
}

/** A template as its form gives it, with the row that each part is in. */
export interface TemplateForm {
  readonly draft: TemplateDraft
  readonly rows: readonly number[]
}

/** Reads a template, giving every fault at once in page order. Rows left empty are no parts. */
export function readTemplateForm(
  body: unknown,
  choices: SessionChoices,
): Result<TemplateForm, readonly FieldFault[]> {
  const form = parseForm(schemaFor(choices), body)
  const filled = partRows(typedOf(body)).filter(isFilled)
  const parts = filled.map((row) => readPart(row, choices))
  const faults = [
    ...(form.ok ? [] : form.refusal.faults),
    ...parts.flatMap((part) => (part.ok ? [] : part.refusal)),
  ]
  if (!form.ok || faults.length > 0) return refuse(faults)
  const { staffId, roomId, siteId, endsOn, weekday, everyWeeks, name, startsOn } = form.value
  const draft: TemplateDraft = {
    name,
    startsOn,
    weekday: Number(weekday),
    everyWeeks: everyWeeks === '2' ? 2 : 1,
    parts: parts.flatMap((part) => (part.ok ? [part.value] : [])),
    ...(staffId && { staffId }),
    ...(roomId && { roomId }),
    ...(siteId && { siteId }),
    ...(endsOn && { endsOn }),
  }
  return accept({ draft, rows: filled.map((row) => row.row) })
}

function schemaFor(choices: SessionChoices) {
  return z.object({
    name: words(1, 100, 'Enter a name for the session, of 100 characters or less'),
    staffId: optionalById(
      choices.clinicians.map((one) => one.staffId),
      'Choose a clinician from the list',
    ),
    roomId: optionalById(
      choices.rooms.map((one) => one.roomId),
      'Choose a room from the list',
    ),
    siteId: optionalById(
      choices.sites.map((one) => one.siteId),
      'Choose a site from the list',
    ),
    weekday: oneOf(['1', '2', '3', '4', '5', '6', '7'], 'Choose a day of the week'),
    everyWeeks: oneOf(['1', '2'], 'Choose how often'),
    startsOn: day('Enter the day from which sessions are made'),
    endsOn: optionalDay('Enter the last day, or leave it empty'),
  })
}

/** Every row of parts that a form has, filled or not, by its number. */
function partRows(typed: Readonly<Record<string, string>>): readonly PartRow[] {
  const text = (name: string) => (typed[name] ?? '').trim()
  return Array.from({ length: mostParts }, (_, index) => index + 1).map((row) => ({
    row,
    from: text(`part${row}From`),
    until: text(`part${row}Until`),
    type: text(`part${row}Type`),
    minutes: text(`part${row}Minutes`),
  }))
}

function isFilled({ from, until, type, minutes }: PartRow): boolean {
  return [from, until, type, minutes].some((text) => text !== '')
}

function readPart(
  row: PartRow,
  choices: SessionChoices,
): Result<TemplatePart, readonly FieldFault[]> {
  const type = choices.types.find((one) => one.slotTypeId === row.type)
  const minutes = row.minutes === '' ? type?.minutes : Number(row.minutes)
  const isLength = minutes !== undefined && /^\d{0,3}$/.test(row.minutes) && minutes >= 1
  const fault = (field: string, message: string) => ({ field: `part${row.row}${field}`, message })
  const faults = [
    ...(isTime(row.from) ? [] : [fault('From', `Part ${row.row}: enter when it starts`)]),
    ...(isTime(row.until) ? [] : [fault('Until', `Part ${row.row}: enter when it ends`)]),
    ...(type ? [] : [fault('Type', `Part ${row.row}: choose a type of slot`)]),
    ...(type && !(isLength && minutes <= 480)
      ? [fault('Minutes', `Part ${row.row}: enter a length from 1 to 480 minutes`)]
      : []),
  ]
  if (!type || minutes === undefined || faults.length > 0) return refuse(faults)
  const { slotTypeId } = type
  return accept({ fromTime: row.from, untilTime: row.until, slotTypeId, minutes })
}

/** How many rows of parts a form shows: those filled and one more, at least four. */
export function rowsShown(typed: Readonly<Record<string, string>>): number {
  const asked = Number(typed['rows'] ?? '')
  const filled = partRows(typed).filter(isFilled).at(-1)?.row ?? 0
  const wanted = Number.isInteger(asked) ? asked : 0
  return Math.min(mostParts, Math.max(4, filled + 1, wanted))
}

/** A template as its form shows it. */
export function typedTemplate(template: SessionTemplate): Readonly<Record<string, string>> {
  const parts = template.parts.flatMap((part, index) => {
    const prefix = `part${index + 1}`
    return [
      [`${prefix}From`, part.fromTime],
      [`${prefix}Until`, part.untilTime],
      [`${prefix}Type`, part.slotTypeId],
      [`${prefix}Minutes`, String(part.minutes)],
    ] as const
  })
  return {
    name: template.name,
    staffId: template.staffId ?? '',
    roomId: template.roomId ?? '',
    siteId: template.siteId ?? '',
    weekday: String(template.weekday),
    everyWeeks: String(template.everyWeeks),
    startsOn: template.startsOn,
    endsOn: template.endsOn ?? '',
    ...Object.fromEntries(parts),
  }
}

/** Why a template was not saved, at the fields that mend it. */
export function templateFaults(
  refusal: Exclude<TemplateRefusal, { readonly reason: 'not-found' }>,
  rows: readonly number[],
): readonly FieldFault[] {
  if ('faults' in refusal) return refusal.faults.map((fault) => partFault(fault, rows))
  switch (refusal.reason) {
    case 'no-parts':
      return [{ field: 'part1From', message: 'Enter at least one part with its slots' }]
    case 'ends-before-it-starts':
      return [{ field: 'endsOn', message: 'The last day must not be before the first' }]
    case 'type-retired':
      return [{ field: 'part1Type', message: 'Choose slot types that are in use' }]
    case 'not-found':
      return []
  }
}

function partFault({ part, fault }: PartFault, rows: readonly number[]): FieldFault {
  const row = rows[part] ?? part + 1
  switch (fault) {
    case 'until-before-from':
      return {
        field: `part${row}Until`,
        message: `Part ${row}: it must end after it starts, on the same day`,
      }
    case 'no-room-for-a-slot':
      return { field: `part${row}Minutes`, message: `Part ${row}: a slot is longer than the part` }
    case 'overlaps-another':
      return { field: `part${row}From`, message: `Part ${row}: it overlaps another part` }
  }
}
