import { BackLink, Button, Checkboxes, Form, InsetText, Layout } from '#platform/html'
import { formatName } from '#modules/directory'
import type { ReleasedMany } from '../../commands/deciding/release-many.ts'
import type { AlikeRow } from '../../queries/review/bulk.ts'
import type { WorkCounts } from '../../queries/review/work.ts'
import { seenEntryValue } from '../decision-forms.ts'
import { formatKind, formatWhen } from '../wording.ts'
import { DisclosureNav } from './nav.tsx'

/** Entries held for one harmless rule alone, each with all that the patient would see of it. */
export function AlikePage(props: {
  readonly rule: string
  readonly rows: readonly AlikeRow[]
  readonly counts: WorkCounts
  readonly done?: ReleasedMany
}) {
  const { rule, rows, done } = props
  return (
    <Layout
      title={title}
      before={<BackLink href="/practice/disclosure?lane=clerk" text="Back to the queue" />}
    >
      <DisclosureNav counts={props.counts} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {done && (
        <InsetText>
          <p>
            {done.released === 1 ? '1 entry was' : `${done.released} entries were`} released.{' '}
            {done.changed > 0 &&
              `${done.changed} had changed since you read ${done.changed === 1 ? 'it' : 'them'}, and ${done.changed === 1 ? 'stays' : 'stay'} held.`}
          </p>
        </InsetText>
      )}
      {rows.length === 0 ? (
        <p>Nothing more is held for this rule alone.</p>
      ) : (
        <>
          <p>{rows[0]?.reasons[0]?.why} Read each: what you tick is shown to its patient.</p>
          <Form action="/practice/disclosure/alike">
            <input type="hidden" name="rule" value={rule} />
            <Checkboxes
              name="entry"
              small
              fieldset={{ legend: { text: 'Release', size: 'm' } }}
              items={rows.map((row) => ({
                value: seenEntryValue({
                  entryId: row.entryId,
                  seen: { decisionNo: row.decisionNo, contentHash: row.contentHash },
                }),
                text: `${formatKind(row.kind)}: ${row.title}, ${formatName(row)}`,
                hint: { text: wordsOf(row) },
              }))}
            />
            <Button text="Release what is ticked" preventDoubleClick />
          </Form>
        </>
      )}
    </Layout>
  )
}

const title = 'Held for the same harmless rule'

/** Everything of the entry that its patient could read. */
function wordsOf(row: AlikeRow): string {
  const value = [row.valueNumber, row.valueText, row.unit].filter((part) => part !== undefined)
  const details = Object.values(row.detail)
    .flat()
    .filter((part) => typeof part === 'string' || typeof part === 'number')
  return [
    formatWhen(row),
    value.join(' '),
    row.text,
    details.join(', '),
    row.author,
    row.organisation,
  ]
    .filter(Boolean)
    .join('. ')
}
