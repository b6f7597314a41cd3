import { formatDate, type LocalDate } from '#kernel/time'
import { Button, Table } from '#platform/html'
import { firstDayOf, type SessionTemplate } from '../../domain/templates/session-template.ts'
import type { SessionChoices } from './choices.ts'
import { PlanningPage, type Frame } from './frame.tsx'
import { formatClock } from './type-words.ts'
import { weekdays } from './weekdays.ts'

/** The practice's templates in use, by weekday. */
export function TemplatesPage(
  props: Frame & {
    readonly templates: readonly SessionTemplate[]
    readonly choices: SessionChoices
    readonly weeksAhead: number
    readonly today: LocalDate
  },
) {
  const { templates, weeksAhead } = props
  return (
    <PlanningPage {...props} title="Session templates" current="templates">
      <p>
        Templates become sessions. Each night, sessions are made for the next {weeksAhead} weeks,
        except on bank holidays, in closures and in leave.
      </p>
      <div class="nhsuk-button-group">
        <Button text="Add a template" href="/practice/appointments/templates/new" />
        {templates.length > 0 && (
          <Button
            text="See and make the weeks ahead"
            href="/practice/appointments/templates/preview"
            variant="secondary"
          />
        )}
      </div>
      {templates.length === 0 ? (
        <p>There are no templates yet. Until there are, add sessions one by one.</p>
      ) : (
        <List {...props} />
      )}
    </PlanningPage>
  )
}

function List(props: {
  readonly templates: readonly SessionTemplate[]
  readonly choices: SessionChoices
  readonly today: LocalDate
}) {
  const { templates, choices } = props
  const clinicians = new Map(choices.clinicians.map((one) => [one.staffId, one.name]))
  const rooms = new Map(choices.rooms.map((one) => [one.roomId, one.name]))
  const sites = new Map(choices.sites.map((one) => [one.siteId, one.name]))
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: 'Templates in use', size: 'm' }}
      head={['Day', 'Session', 'Clinician', 'Where', 'Times', 'Runs']}
      rows={templates.map((template) => [
        `${weekdays[template.weekday - 1] ?? ''}${template.everyWeeks === 2 ? ', every other week' : ''}`,
        {
          html: (
            <a href={`/practice/appointments/templates/${template.templateId}`}>{template.name}</a>
          ),
        },
        template.staffId ? (clinicians.get(template.staffId) ?? 'Has left') : 'Nobody yet',
        [
          template.roomId && rooms.get(template.roomId),
          template.siteId && sites.get(template.siteId),
        ]
          .filter(Boolean)
          .join(', ') || 'Not said',
        formatTimes(template),
        formatRuns(template, props.today),
      ])}
    />
  )
}

function formatTimes({ parts }: SessionTemplate): string {
  return parts
    .map((part) => `${formatClock(part.fromTime)} to ${formatClock(part.untilTime)}`)
    .join(', ')
}

function formatRuns(template: SessionTemplate, today: LocalDate): string {
  const first = firstDayOf(template)
  const { endsOn } = template
  if (endsOn !== undefined && endsOn < today) return `Ended on ${formatDate(endsOn)}`
  const until = endsOn === undefined ? '' : ` until ${formatDate(endsOn)}`
  return first > today ? `From ${formatDate(first)}${until}` : `Now${until}`
}
