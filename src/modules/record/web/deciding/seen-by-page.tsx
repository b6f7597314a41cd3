import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  Form,
  InsetText,
  Layout,
  Select,
  Table,
  Tag,
} from '#platform/html'
import type { PatientAssociation, RecordLevel } from '#modules/access'
import { formatName, type Patient } from '#modules/directory'
import type { Explanation } from '../../domain/deciding/explain.ts'
import type { Section } from '../../domain/entry.ts'
import { sections } from '../../domain/sections.ts'
import type { ExplainedRow } from '../../queries/review/seen-by.ts'
import { Pages } from '../reading/record-frame.tsx'
import { formatMarkers } from '../staff-wording.tsx'
import { formatKind, formatWhen } from '../wording.ts'

/** One entry, and why this reader sees it or not. */
export interface SeenLine {
  readonly row: ExplainedRow
  readonly explanation: Explanation
}

/** A record entry by entry, as one person who can sign in sees it, with the reason for each. */
export function SeenByPage(props: {
  readonly patient: Patient
  readonly readers: readonly PatientAssociation[]
  readonly reader: PatientAssociation | undefined
  /** The parts that an app would be given, where it is an app that looks. */
  readonly appParts: readonly Section[] | undefined
  readonly lines: readonly SeenLine[]
  readonly page: number
  readonly hasMore: boolean
}) {
  const { patient, reader, lines } = props
  const title = `Who sees what of the record of ${formatName(patient)}`
  const path = `/practice/patients/${patient.patientId}/record`
  return (
    <Layout title={title} before={<BackLink href={path} text="Back to the record" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        NHS number {formatNhsNumber(patient.nhsNumber)}, born {formatDate(patient.bornOn)}. Each
        line is read as that person reads it. This view is noted in the audit trail.
      </p>
      {reader ? (
        <Readers {...props} path={path} />
      ) : (
        <InsetText>
          <p>Nobody can sign in to see this record. What follows is why they would not see it.</p>
        </InsetText>
      )}
      {lines.length === 0 ? (
        <p>Nothing is stored here.</p>
      ) : (
        <Table
          responsive
          classes="app-table--dense"
          caption={{ text: 'Entries, newest first', classes: 'nhsuk-u-visually-hidden' }}
          head={[
            { text: 'Dated' },
            { text: 'Kind' },
            { text: 'Entry' },
            { text: 'Seen' },
            { text: 'Why' },
          ]}
          rows={lines.map(({ row, explanation }) => [
            { text: formatWhen(row) },
            { text: formatKind(row.kind) },
            { text: row.title },
            {
              html: (
                <Tag
                  text={explanation.isSeen ? 'Seen' : 'Not seen'}
                  colour={explanation.isSeen ? 'green' : 'grey'}
                />
              ),
            },
            { text: whyOf(row, explanation) },
          ])}
        />
      )}
      <Pages
        page={props.page}
        hasMore={props.hasMore}
        href={(page) => `${path}/seen-by?${addressOf(props)}&page=${page}`}
      />
    </Layout>
  )
}

function addressOf(props: {
  readonly reader: PatientAssociation | undefined
  readonly appParts: readonly Section[] | undefined
}): string {
  const { reader, appParts } = props
  if (!appParts) return `as=${reader?.accountId ?? ''}`
  return ['as=app', ...appParts.map((part) => `parts=${part}`)].join('&')
}

function Readers(props: {
  readonly readers: readonly PatientAssociation[]
  readonly reader: PatientAssociation | undefined
  readonly appParts: readonly Section[] | undefined
  readonly path: string
}) {
  const { readers, appParts } = props
  const hasPatient = readers[0]?.relation === 'self'
  const items = readers.map((one, place) => ({
    value: one.accountId,
    text:
      one.relation === 'self'
        ? 'The patient'
        : `Somebody who acts for them (${place + (hasPatient ? 0 : 1)})`,
  }))
  return (
    <Form action={`${props.path}/seen-by`} method="get" class="app-inline-form">
      <Select
        name="as"
        label="As seen by"
        value={appParts ? 'app' : props.reader?.accountId}
        items={[
          ...items,
          ...(hasPatient ? [{ value: 'app', text: 'An app of the patient’s' }] : []),
        ]}
      />
      {appParts && <AppParts parts={appParts} />}
      <Button text="Show" variant="secondary" />
    </Form>
  )
}

function AppParts({ parts }: { readonly parts: readonly Section[] }) {
  return (
    <>
      <InsetText>
        <p>
          Apps cannot be connected yet. This is what one would be given that acts with the patient’s
          own rights and is allowed these parts.
        </p>
      </InsetText>
      <Checkboxes
        name="parts"
        idPrefix="parts"
        small
        fieldset={{ legend: { text: 'Parts the app is allowed', size: 's' } }}
        items={sections.map(({ section, name }) => ({
          value: section,
          text: name,
          checked: parts.includes(section),
        }))}
      />
    </>
  )
}

const levelNames: Readonly<Record<RecordLevel, string>> = {
  none: 'no access',
  summary: 'medicines and allergies',
  detailed: 'everything coded',
  documents: 'documents',
  full: 'free text',
}

const notSeen = {
  closed: 'It is no longer in the GP system.',
  undecided: 'Nothing has been decided about it as it is now.',
  held: 'It is held until somebody decides.',
  second: 'It waits for a second person.',
  withheld: 'It is withheld.',
  hidden: 'It is hidden for a time.',
  'no-access': 'This person has no access to the record now.',
  area: 'This part of the record is withheld whole, for everybody or for this patient.',
  app: 'The app was not given this part.',
  choice: 'The patient chose to be told of it in person first, or to keep it from others.',
} as const

function whyOf(row: ExplainedRow, explanation: Explanation): string {
  if (explanation.isSeen) return seenWords(row, explanation.how)
  if (explanation.why === 'marked') return `${formatMarkers(row.markers)}.`
  if (explanation.why === 'level') {
    const when =
      explanation.time === 'current' ? 'since their access began' : 'from before it began'
    return `Their level does not open ${levelNames[explanation.needed]} ${when}.`
  }
  const reasons = explanation.why === 'held' ? (row.reasons ?? []).map(({ why }) => why) : []
  return [notSeen[explanation.why], ...reasons].join(' ')
}

function seenWords({ reasons = [] }: ExplainedRow, how: 'whole' | 'part' | 'without-text'): string {
  const last = reasons.at(-1)?.why ?? 'It was released.'
  if (how === 'part') return `Only the part that was released. ${last}`
  return how === 'without-text' ? `Without its free text: their level leaves it out. ${last}` : last
}
