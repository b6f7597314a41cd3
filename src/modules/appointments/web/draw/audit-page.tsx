import { formatDayAndTime } from '#kernel/time'
import { BackLink, InsetText, Layout, SummaryList, Table, WarningCallout } from '#platform/html'
import type { Role } from '#modules/access'
import type { Allotted } from '../../domain/draw/allot.ts'
import type { DrawnRecord } from '../../queries/draw/audit.ts'
import type { Draw } from '../../queries/draw/draws.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatPriority } from './draw-words.ts'
import { inGroups } from './staff-draw-pages.tsx'
import { formatWhy } from './staff-words.ts'

/** A draw worked out again from what it recorded, beside what is stored. */
export interface AuditModel {
  readonly draw: Draw
  readonly record: DrawnRecord
  readonly computed: readonly Allotted[]
  /** Entries whose stored result is another one. */
  readonly different: readonly string[]
  /** Whether the seed is the one whose fingerprint was shown beforehand. */
  readonly isSameSeed: boolean
  readonly roles: readonly Role[]
}

/** Whether a draw's result follows from its secret and its inputs, with everything to check it. */
export function AuditPage(model: AuditModel) {
  const { draw, record, computed } = model
  const path = `/practice/appointments/draws/${draw.drawId}`
  const title = 'Check of the draw'
  return (
    <Layout title={title} before={<BackLink href={path} text={draw.name} />}>
      <ClinicNav current="draws" roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Verdict {...model} />
      <SummaryList
        rows={[
          { key: 'Draw', value: draw.name },
          { key: 'Secret', value: <code>{inGroups(record.seed)}</code> },
          {
            key: 'Its fingerprint (SHA-256), shown before',
            value: <code>{inGroups(draw.seedHash)}</code>,
          },
          { key: 'Slots', value: String(record.inputs.slots.length) },
          { key: 'Requests', value: String(record.inputs.entries.length) },
        ]}
      />
      <p>
        <a href={`${path}/inputs.json`} download>
          Download everything that it was drawn from (JSON)
        </a>
      </p>
      <p>
        To work it out elsewhere: the ticket of a request is the HMAC-SHA-256 of its number under
        the secret. Requests go by priority, then by ticket, and each takes the first slot that
        suits it.
      </p>
      {computed.length > 0 && <Turns computed={computed} record={record} />}
    </Layout>
  )
}

function Verdict({ different, isSameSeed }: AuditModel) {
  if (different.length === 0 && isSameSeed) {
    return (
      <InsetText text="The result is the same when it is worked out again, and the secret is the one whose fingerprint was shown beforehand." />
    )
  }
  return (
    <WarningCallout
      heading={{ text: 'The result does not follow from what was recorded', level: 2 }}
    >
      <p>
        {!isSameSeed && 'The secret is not the one whose fingerprint was shown. '}
        {different.length > 0 &&
          `${different.length} ${different.length === 1 ? 'request has' : 'requests have'} another result.`}
      </p>
      <p>Tell your information governance lead.</p>
    </WarningCallout>
  )
}

function Turns({ computed, record }: Pick<AuditModel, 'computed' | 'record'>) {
  const slots = new Map(record.inputs.slots.map((slot) => [slot.slotId, slot]))
  const entries = new Map(record.inputs.entries.map((entry) => [entry.entryId, entry]))
  return (
    <Table
      caption="In the order of their turns"
      responsive
      head={['Turn', 'Request', 'Meets', 'Ticket', 'Result']}
      rows={computed.map((one) => {
        const slot = slots.get(one.slotId ?? '')
        const meets = entries.get(one.entryId)?.meets ?? []
        return [
          { header: 'Turn', text: String(one.turn) },
          { header: 'Request', html: <code>{one.entryId.slice(-12)}</code> },
          { header: 'Meets', text: meets.map(formatPriority).join(', ') || 'None' },
          { header: 'Ticket', html: <code>{one.ticket.slice(0, 12)}</code> },
          {
            header: 'Result',
            text: slot ? formatDayAndTime(new Date(slot.startsAt)) : formatWhy(one.whyUnplaced),
          },
        ]
      })}
    />
  )
}
