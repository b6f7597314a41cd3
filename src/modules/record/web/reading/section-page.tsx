import { Card, SummaryList, Table } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import type { SectionFacts } from '../../domain/sections.ts'
import type { RecordAccess } from '../../queries/access-facts.ts'
import type { EntryPage, UnderProblem } from '../../queries/entries.ts'
import { ByCondition } from './by-condition.tsx'
import { factsOf } from './entry-facts.tsx'
import { orderQuery, Orders, type ListOrder } from './orders.tsx'
import { PlainText, ShortForms } from './plain-text.tsx'
import {
  isWithheld,
  MayBeIncomplete,
  NothingToShow,
  NotOpen,
  OpenFrom,
  opennessOf,
  Pages,
  RecordFrame,
  type Seat,
} from './record-frame.tsx'
import { formatPlace, formatValue, formatWhen } from '../wording.ts'

/** A list of one part of the record. `show` is which half, where it has two. */
export interface SectionModel {
  readonly seat: Seat
  readonly facts: SectionFacts
  readonly access: RecordAccess
  readonly listed: EntryPage
  readonly isIncomplete: boolean
  readonly show: 'current' | 'past' | undefined
  /** How the list is put in order. */
  readonly order: ListOrder
  /** The same entries under their conditions, where that is the order. */
  readonly under?: readonly UnderProblem[]
  /** Supplies of the medicines listed. */
  readonly supplies: readonly DisclosedEntry[]
}

/** One part of the record, newest first. */
export function SectionPage(model: SectionModel) {
  const { facts, access, seat, listed } = model
  const path = `${seat.base}/${facts.section}`
  if (opennessOf(facts.kinds, access) === 'none' || isWithheld(access, facts.section)) {
    return (
      <RecordFrame seat={seat} title={facts.name}>
        <NotOpen facts={facts} access={access} />
      </RecordFrame>
    )
  }
  const shown = model.show === 'past' ? '&show=past' : ''
  const { entries } = listed
  return (
    <RecordFrame seat={seat} title={facts.name}>
      <Orders path={path} section={facts.section} order={model.order} />
      {model.show && model.order.by === 'newest' && <Halves path={path} model={model} />}
      {model.isIncomplete && <MayBeIncomplete />}
      <OpenFrom kinds={facts.kinds} access={access} />
      {entries.length === 0 ? <NothingToShow /> : <Listed {...model} />}
      <Pages
        page={listed.page}
        hasMore={listed.hasMore}
        href={(page) => `${path}?page=${page}${shown}${orderQuery(model.order)}`}
      />
      <ShortForms texts={entries.flatMap((entry) => [entry.title, entry.text])} />
    </RecordFrame>
  )
}

const halves = {
  medicines: ['Medicines in use', 'Past medicines'],
  problems: ['Current conditions', 'Past conditions'],
  allergies: ['Current allergies', 'Past allergies'],
} as const

/** Whether a part is listed in two halves, what is current and what is past. */
export function hasHalves(section: string): section is keyof typeof halves {
  return section in halves
}

function Halves({ path, model }: { readonly path: string; readonly model: SectionModel }) {
  const { section } = model.facts
  if (!hasHalves(section)) return null
  const [current, past] = halves[section]
  const isPast = model.show === 'past'
  return (
    <>
      <h2 class="nhsuk-heading-m">{isPast ? past : current}</h2>
      <p>
        {isPast ? (
          <a href={path}>See {current.toLowerCase()}</a>
        ) : (
          <a href={`${path}?show=past`}>See {past.toLowerCase()}</a>
        )}
      </p>
    </>
  )
}

function Listed(model: SectionModel) {
  const { section } = model.facts
  if (model.under) return <ByCondition {...model} under={model.under} />
  if (section === 'results') return <Results {...model} />
  if (section === 'measurements') return <Measurements {...model} />
  if (section === 'consultations' || section === 'documents') return <Leading {...model} />
  return (
    <>
      {model.listed.entries.map((entry) => (
        <EntryCard entry={entry} {...model} />
      ))}
    </>
  )
}

function EntryCard({
  entry,
  seat,
  supplies,
  show,
}: SectionModel & { readonly entry: DisclosedEntry }) {
  const own = supplies.filter(
    (supply) => supply.source === entry.source && supply.parentKey === entry.sourceKey,
  )
  return (
    <Card heading={{ text: entry.title, level: show ? 3 : 2, size: 's' }}>
      <SummaryList rows={factsOf(entry)} border={false} />
      {own.length > 0 && (
        <p>
          Supplied on:{' '}
          {own
            .slice(0, 12)
            .map((supply) => formatWhen(supply))
            .join('; ')}
          {own.length > 12 && '; and earlier'}
        </p>
      )}
      {entry.kind === 'problem' && (
        <p>
          <a href={`${seat.base}/problems/${entry.entryId}`}>
            See what is filed under it
            <span class="nhsuk-u-visually-hidden">: {entry.title}</span>
          </a>
        </p>
      )}
    </Card>
  )
}

/** Entries with a page of their own. */
function Leading({ seat, facts, listed }: SectionModel) {
  return (
    <Table
      responsive
      caption={{ text: facts.name, classes: 'nhsuk-u-visually-hidden' }}
      head={[
        { text: 'Date' },
        { text: facts.section === 'documents' ? 'Document' : 'Consultation' },
        { text: 'With or from' },
      ]}
      rows={listed.entries.map((entry) => [
        { text: formatWhen(entry) },
        {
          html: (
            <a href={`${seat.base}/${facts.section}/${entry.entryId}`}>
              {entry.title}
              <span class="nhsuk-u-visually-hidden">, {formatWhen(entry)}</span>
            </a>
          ),
        },
        { text: entry.author ?? entry.organisation ?? '' },
      ])}
    />
  )
}

function Results({ seat, listed, order }: SectionModel) {
  return (
    <>
      <p>
        {order.by === 'newest'
          ? 'The latest result of each test. Choose a test to see its earlier results.'
          : 'Every result, newest first. Choose one to see its test over time.'}{' '}
        New results are shown when your surgery has checked them.
      </p>
      <Table
        responsive
        caption={{ text: 'Test results', classes: 'nhsuk-u-visually-hidden' }}
        head={[
          { text: 'Test' },
          { text: 'Latest result' },
          { text: 'Usual range' },
          { text: 'Date' },
        ]}
        rows={listed.entries.map((entry) => [
          { html: <a href={`${seat.base}/results/${entry.entryId}`}>{entry.title}</a> },
          { text: formatValue(entry) ?? 'No value to show' },
          { text: formatPlace(entry) ?? '' },
          { text: formatWhen(entry) },
        ])}
      />
    </>
  )
}

function Measurements({ listed }: SectionModel) {
  return (
    <Table
      responsive
      caption={{ text: 'Measurements and observations', classes: 'nhsuk-u-visually-hidden' }}
      head={[{ text: 'Date' }, { text: 'What' }, { text: 'Value' }]}
      rows={listed.entries.map((entry) => [
        { text: formatWhen(entry) },
        { text: entry.title },
        {
          html: (
            <span class="app-free-text">
              <PlainText>{[formatValue(entry), entry.text].filter(Boolean).join('\n')}</PlainText>
            </span>
          ),
        },
      ])}
    />
  )
}
