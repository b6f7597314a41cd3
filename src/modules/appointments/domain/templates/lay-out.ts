import { localDateOf, minutesBefore, type LocalDate } from '#kernel/time'
import { clashes, type ExistingSession, type OtherSession } from './alerts.ts'
import { layDay, type LaidSession, type LayingDay, type SkippedDay } from './lay-day.ts'
import { templateDays, type SessionTemplate, type TemplateId } from './session-template.ts'

/** Everything that laying templates on the calendar depends on. */
export interface LayingOut extends LayingDay {
  readonly templates: readonly SessionTemplate[]
  /** Every session that touches the days asked for, those of templates whether cancelled or not. */
  readonly existing: readonly ExistingSession[]
  /** From the first day (included) to the last (excluded). */
  readonly from: LocalDate
  readonly until: LocalDate
}

export interface LaidOut {
  /** In order of day. */
  readonly sessions: readonly LaidSession[]
  readonly skipped: readonly SkippedDay[]
  /** Days whose session was made before, whatever became of it. */
  readonly alreadyMade: number
}

/**
 * Lays templates on the calendar. A day of a template is passed over where it is a bank holiday, or
 * where closures and leave take every slot; of a day partly closed, the slots that fall into it are
 * left out. What was made before is never made again, and nothing is made that has begun. Sessions
 * that clash are given with their alerts: whether they are made is for a person to decide.
 *
 * Source: NHS England, Appointments Management – GP, E00247 to E00253; DOMAIN AP-1, AP-8.
 */
export function layOut(given: LayingOut): LaidOut {
  const made = new Set(given.existing.map((one) => keyOf(one.templateId, one.templateDay)))
  const around = byDay(given.existing)
  const sessions: LaidSession[] = []
  const skipped: SkippedDay[] = []
  const days = daysOf(given)
  const open = days.filter(({ template, day }) => !made.has(keyOf(template.templateId, day)))
  for (const { template, day } of open) {
    const laid = layDay(template, day, given)
    if ('why' in laid) skipped.push(laid)
    else if (laid.session.startsAt > given.now) {
      const others = around.get(day) ?? []
      const alerts = [...clashes(laid.session, others), ...laid.alerts]
      sessions.push({ session: laid.session, alerts })
      around.set(day, [...others, laid.session])
    }
  }
  return { sessions, skipped, alreadyMade: days.length - open.length }
}

/** Whether a session is only made when a person says so: its clinician is somewhere else then. */
export function needsDecision(laid: Pick<LaidSession, 'alerts'>): boolean {
  return laid.alerts.some((alert) => alert.kind === 'clinician-busy')
}

interface TemplateDay {
  readonly template: SessionTemplate
  readonly day: LocalDate
}

/** By day, then by when they begin, then by id, so that the same clash is always told of the same one. */
function daysOf({ templates, from, until }: LayingOut): readonly TemplateDay[] {
  const rank = ({ template, day }: TemplateDay) =>
    `${day} ${template.parts[0]?.fromTime ?? ''} ${template.templateId}`
  return templates
    .flatMap((template) => templateDays(template, from, until).map((day) => ({ template, day })))
    .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))
}

/** Sessions by each day that they touch, so that few are looked at for each other. */
function byDay(sessions: readonly OtherSession[]): Map<LocalDate, readonly OtherSession[]> {
  const touched = sessions.flatMap((session) => {
    const days = [session.startsAt, minutesBefore(session.endsAt, 1)].map(localDateOf)
    return [...new Set(days)].map((day) => ({ day, session }))
  })
  const grouped = Map.groupBy(touched, ({ day }) => day)
  return new Map([...grouped].map(([day, found]) => [day, found.map(({ session }) => session)]))
}

function keyOf(templateId: TemplateId | undefined, day: LocalDate | undefined): string {
  return `${templateId ?? ''} ${day ?? ''}`
}
