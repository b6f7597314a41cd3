import { formatDate, parseLocalDate } from '#kernel/time'
import type { SummaryRow } from '#platform/html'
import type { DisclosedEntry } from '../../domain/disclosure.ts'
import { detailOf } from '../../domain/details.ts'
import type { EntryKind, MedicationDetail } from '../../domain/entry.ts'
import { PlainText } from './plain-text.tsx'
import { formatRange, formatValue, formatWhen } from '../wording.ts'

type Fact = readonly [name: string, value: string | undefined]

/** A day as people write it; as the record has it where that is no whole day. */
function day(date: string | undefined): string | undefined {
  const whole = parseLocalDate(date?.slice(0, 10) ?? '')
  return whole ? formatDate(whole) : date
}

/**
 * What is told of an entry besides its name, in order, as INTEROP D3 has it: the clinical date
 * first, no status words, no recorder of a medicine, an allergy's end only with its reason.
 */
export function textFactsOf(entry: DisclosedEntry): readonly (readonly [string, string])[] {
  const facts: readonly Fact[] = [...kindFacts(entry), ['Notes', entry.text]]
  return facts.filter(
    (fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '',
  )
}

/** The same as rows of a page, with short forms explained. */
export function factsOf(entry: DisclosedEntry): readonly SummaryRow[] {
  return textFactsOf(entry).map(([key, value]) => ({
    key,
    value: {
      html: (
        <span class="app-free-text">
          <PlainText>{value}</PlainText>
        </span>
      ),
    },
  }))
}

function kindFacts(entry: DisclosedEntry): readonly Fact[] {
  return (ofKind[entry.kind] ?? plainFacts)(entry)
}

const ofKind: Partial<Record<EntryKind, (entry: DisclosedEntry) => readonly Fact[]>> = {
  medication: medicineFacts,
  issue: issueFacts,
  allergy: allergyFacts,
  problem: problemFacts,
  immunisation: immunisationFacts,
  referral: referralFacts,
  document: documentFacts,
  consultation: consultationFacts,
}

function plainFacts(entry: DisclosedEntry): readonly Fact[] {
  return [
    ['Date', formatWhen(entry)],
    ['Result', formatValue(entry)],
    ['Usual range', entry.kind === 'measurement' ? undefined : formatRange(entry)],
  ]
}

const medicineTypes: Readonly<Record<MedicationDetail['type'], string>> = {
  acute: 'One-off',
  repeat: 'Repeat',
  'repeat-dispensing': 'Repeat dispensing',
  delayed: 'Delayed',
}

function medicineFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('medication', entry)
  return [
    ['How to take it', detail.dose],
    ['More instructions', detail.patientInstruction],
    ['Quantity', detail.quantity],
    ['Type', detail.type && medicineTypes[detail.type]],
    ['Started', day(detail.startedOn)],
    ['Last supplied', day(detail.lastIssuedOn)],
    ['Review due', day(detail.reviewOn)],
    ['Stopped', detail.status === 'active' ? undefined : day(detail.stoppedOn)],
    ['Why it was stopped', detail.status === 'active' ? undefined : detail.stopReason],
  ]
}

function issueFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('issue', entry)
  return [
    ['Date', day(detail.issuedOn) ?? formatWhen(entry)],
    ['Quantity', detail.quantity],
    ['How to take it', detail.dose],
  ]
}

function allergyFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('allergy', entry)
  const ended = detail.endedOn && detail.endReason
  return [
    ['Since', formatWhen(entry)],
    ['Reaction', detail.reactions?.join(', ')],
    ['How severe', detail.severity],
    ['Ended', ended ? `${day(detail.endedOn)}: ${detail.endReason}` : undefined],
  ]
}

function problemFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('problem', entry)
  return [
    ['Since', formatWhen(entry)],
    ['Ended', day(detail.endedOn)],
  ]
}

function immunisationFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('immunisation', entry)
  return [
    ['Date', formatWhen(entry)],
    ['Vaccine', detail.vaccine],
    ['Dose', detail.doseNumber === undefined ? undefined : String(detail.doseNumber)],
    ['Where on the body', detail.site],
    ['Batch number', detail.batch],
  ]
}

function referralFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('referral', entry)
  return [
    ['Date', formatWhen(entry)],
    ['Referred to', detail.to],
    ['Priority', detail.priority],
    ['Why', detail.reason],
    ['By', entry.author],
  ]
}

function documentFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('document', entry)
  return [
    ['Date', formatWhen(entry)],
    ['From', entry.organisation ?? entry.author],
    ['Why there is no file', entry.documentHash ? undefined : detail.missingReason],
  ]
}

function consultationFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = detailOf('consultation', entry)
  return [
    ['Date', formatWhen(entry)],
    ['With', entry.author],
    ['Where', detail.location ?? entry.organisation],
    ['Type', detail.type === entry.title ? undefined : detail.type],
  ]
}
