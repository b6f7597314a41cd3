import { ageOn, formatDate, formatDayAndTime, localDateOf } from '#kernel/time'
import { formatNhsNumber } from '#kernel/nhs-number'
import {
  BackLink,
  Card,
  Details,
  ErrorSummaryFor,
  InsetText,
  Layout,
  SummaryList,
  Table,
  WarningCallout,
} from '#platform/html'
import { formatName } from '#modules/directory'
import type { StoredEntry } from '../domain/plan-storing.ts'
import { isShown } from '../queries/entry-in-context.ts'
import { filterQuery, formatWait } from './queue-page.tsx'
import { History } from './deciding/history.tsx'
import { Preview } from './deciding/preview-card.tsx'
import { DecisionForms } from './review-forms.tsx'
import type { ReviewModel } from './review-model.ts'
import { awaitsNames, formatMarkers, MarkedText, stateOf } from './staff-wording.tsx'
import { formatKind, formatWhen } from './wording.ts'

/** Everything that a person needs to decide about one entry, on one screen. */
export function ReviewPage(model: ReviewModel) {
  const { found, patient, filter } = model
  const { subject } = found
  const title = `${formatKind(subject.entry.kind)}: decide if the patient may see it`
  return (
    <Layout
      title={title}
      hasErrors={model.faults !== undefined}
      before={
        <BackLink href={`/practice/disclosure?${filterQuery(filter)}`} text="Back to the queue" />
      }
    >
      <ErrorSummaryFor faults={model.faults?.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <div id="decide" class="app-decide" tabIndex={-1} data-keys="">
        <p>
          <strong>{formatName(patient)}</strong>, NHS number {formatNhsNumber(patient.nhsNumber)},
          born {formatDate(patient.bornOn)} ({ageOn(patient.bornOn, localDateOf(model.now))} years).{' '}
          {stateOf(subject)}
          {subject.standing?.outcome === 'hidden' &&
            subject.standing.awaits &&
            ` (waits for: ${awaitsNames[subject.standing.awaits].toLowerCase()})`}
          {found.decidedAt &&
            ` since ${formatDayAndTime(found.decidedAt)} (${formatWait(found.decidedAt, model.now).toLowerCase()})`}
          .
          {model.hasProxy && (
            <strong> Someone else can act for this patient online and would see it too.</strong>
          )}
          {model.answer && <strong> {answerWords[model.answer]}</strong>}
        </p>
        <Marks subject={subject} />
        <div class="app-side-by-side">
          <Subject subject={subject} />
          <Preview {...model} />
        </div>
        <DecisionForms {...model} />
      </div>
      <h2 class="nhsuk-heading-m">Goes with it: withheld and held together with this entry</h2>
      {found.family.length === 0 ? (
        <p>Nothing else goes with it.</p>
      ) : (
        <Around caption="Goes with it" entries={found.family} />
      )}
      <h2 class="nhsuk-heading-m">Close to it, and would stay as it is</h2>
      <StillVisible {...found} />
      {found.close.length === 0 ? (
        <p>Nothing else is close to it.</p>
      ) : (
        <Details summary={`Of the same name, or linked to it: ${found.close.length}`}>
          <Around caption="Close to it" entries={found.close.toSorted(byDate)} />
        </Details>
      )}
      <History history={model.history} />
    </Layout>
  )
}

const answerWords = {
  show: 'The patient was asked, and wants it shown.',
  'keep-off': 'The patient was asked, and wants it kept off.',
  talk: 'The patient was asked, and wants to talk about it first.',
} as const

/** What the patient would see of the matter if this entry and what goes with it were kept back. */
function StillVisible({ subject, close }: ReviewModel['found']) {
  const shown = close.filter(isShown).length
  return (
    <p>
      {shown === 0
        ? 'If this is withheld or hidden, nothing that is close to it stays visible.'
        : `If this is withheld or hidden, ${shown === 1 ? '1 entry that is close to it stays' : `${shown} entries that are close to it stay`} visible: read ${shown === 1 ? 'it' : 'them'} below.`}
      {subject.entry.clinicalAt &&
        subject.entry.clinicalPrecision !== 'year' &&
        subject.entry.clinicalPrecision !== 'month' &&
        ` Appointments of ${formatDate(subject.entry.clinicalAt)} lose the name of their kind online.`}{' '}
      Notices to patients never name what they are about.
    </p>
  )
}

function Marks({ subject }: { readonly subject: StoredEntry }) {
  const markers = subject.entry.markers ?? []
  if (markers.length === 0) return null
  return (
    <WarningCallout heading={{ text: 'Important: marked in the GP system', level: 2 }}>
      <p>{formatMarkers(markers)}. It is not shown while that is so, whatever is decided here.</p>
    </WarningCallout>
  )
}

function Subject({ subject }: { readonly subject: StoredEntry }) {
  const { entry, standing } = subject
  const reasons = standing?.reasons ?? []
  const value = [entry.value?.number, entry.value?.text, entry.value?.unit]
    .filter((part) => part !== undefined)
    .join(' ')
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Date', formatWhen(entry)],
    ['Value', value],
    ['Text', entry.text],
    ['Author', entry.author],
    ['Organisation', entry.organisation],
    ...Object.entries(entry.detail ?? {})
      .filter(([name]) => !ofTheFile.has(name))
      .map(([name, detail]): [string, string] => [
        wordsOfName(name),
        Array.isArray(detail) ? detail.join(', ') : String(detail),
      ]),
    ['Codes', (entry.codings ?? []).map((coding) => coding.display ?? coding.code).join('; ')],
  ]
  return (
    <Card heading={{ text: 'The entry', level: 2, size: 'm' }}>
      <h3 class="nhsuk-heading-s">
        <MarkedText text={entry.title} reasons={reasons} />
      </h3>
      <SummaryList
        rows={facts
          .filter((fact): fact is readonly [string, string] => Boolean(fact[1]))
          .map(([key, fact]) => ({
            key,
            value: {
              html: (
                <span class="app-free-text">
                  <MarkedText text={fact} reasons={reasons} />
                </span>
              ),
            },
          }))}
      />
      {subject.documentHash && (
        <p>
          <a href={`/practice/disclosure/${subject.entryId}/file`}>
            Download the document to read it
          </a>
        </p>
      )}
      <h3 class="nhsuk-heading-s">
        {standing?.outcome === 'released' ? 'Why it was released' : 'Why it is held'}
      </h3>
      <ul>
        {reasons.map((reason) => (
          <li>{reason.why}</li>
        ))}
      </ul>
    </Card>
  )
}

const ofTheFile: ReadonlySet<string> = new Set(['contentType', 'sizeBytes'])

/** "stopReason" as "Stop reason". */
function wordsOfName(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** Newest first; those without a date last. */
function byDate(a: StoredEntry, b: StoredEntry): number {
  return (b.entry.clinicalAt?.getTime() ?? 0) - (a.entry.clinicalAt?.getTime() ?? 0)
}

function Around(props: { readonly caption: string; readonly entries: readonly StoredEntry[] }) {
  const shown = props.entries.slice(0, 100)
  return (
    <>
      <Table
        responsive
        classes="app-table--dense"
        caption={{ text: props.caption, classes: 'nhsuk-u-visually-hidden' }}
        head={[{ text: 'Kind' }, { text: 'Entry' }, { text: 'Dated' }, { text: 'Now' }]}
        rows={shown.map((one) => [
          { text: formatKind(one.entry.kind) },
          {
            html: (
              <>
                <a href={`/practice/disclosure/${one.entryId}`}>{one.entry.title}</a>
                {one.entry.text && (
                  <span class="app-free-text">
                    <br />
                    <MarkedText text={one.entry.text} reasons={one.standing?.reasons ?? []} />
                  </span>
                )}
              </>
            ),
          },
          { text: formatWhen(one.entry) },
          { text: stateOf(one) },
        ])}
      />
      {props.entries.length > shown.length && (
        <InsetText>
          <p>And {props.entries.length - shown.length} more.</p>
        </InsetText>
      )}
    </>
  )
}
