import type { LocalDate } from '#kernel/time'
import { formatDate } from '#kernel/time'
import type { SummaryRow } from '#platform/html'
import type { DisclosedEntry } from '../domain/disclosure.ts'
import type {
  AllergyDetail, ConsultationDetail, DocumentDetail, ImmunisationDetail, IssueDetail,
  MedicationDetail, ProblemDetail, ReferralDetail,
} from '../domain/entry.ts'
import { formatRange, formatValue, formatWhen } from './wording.ts'

type Fact = readonly [name: string, value: string | undefined]

const day = (date: string | undefined) => date && formatDate(date.slice(0, 10) as LocalDate)

/**
 * What is told of an entry besides its name, in order, as INTEROP D3 has it: the clinical date
 * first, no status words, no recorder of a medicine, an allergy's end only with its reason.
 */
export function factsOf(entry: DisclosedEntry): readonly SummaryRow[] {
  const facts: readonly Fact[] = [...kindFacts(entry), ['Notes', entry.text]]
  return facts
    .filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '')
    .map(([key, value]) => ({ key, value: { html: <span class="app-free-text">{value}</span> } }))
}

function kindFacts(entry: DisclosedEntry): readonly Fact[] {
  switch (entry.kind) {
    case 'medication': return medicineFacts(entry.detail as MedicationDetail)
    case 'issue': return issueFacts(entry)
    case 'allergy': return allergyFacts(entry)
    case 'problem': return problemFacts(entry)
    case 'immunisation': return immunisationFacts(entry)
    case 'referral': return referralFacts(entry)
    case 'document': return documentFacts(entry)
    case 'consultation': return consultationFacts(entry)
    default: return [
      ['Date', formatWhen(entry)],
      ['Result', formatValue(entry)],
      ['Usual range', entry.kind === 'measurement' ? undefined : formatRange(entry)],
    ]
  }
}

const medicineTypes: Readonly<Record<MedicationDetail['type'], string>> = {
  acute: 'One-off', repeat: 'Repeat', 'repeat-dispensing': 'Repeat dispensing', delayed: 'Delayed',
}

function medicineFacts(detail: Partial<MedicationDetail>): readonly Fact[] {
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
  const detail = entry.detail as IssueDetail
  return [
    ['Date', day(detail.issuedOn) ?? formatWhen(entry)],
    ['Quantity', detail.quantity],
    ['How to take it', detail.dose],
  ]
}

function allergyFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = entry.detail as Partial<AllergyDetail>
  const ended = detail.endedOn && detail.endReason
  return [
    ['Since', formatWhen(entry)],
    ['Reaction', detail.reactions?.join(', ')],
    ['How severe', detail.severity],
    ['Ended', ended ? `${day(detail.endedOn)}: ${detail.endReason}` : undefined],
  ]
}

function problemFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = entry.detail as Partial<ProblemDetail>
  return [['Since', formatWhen(entry)], ['Ended', day(detail.endedOn)]]
}

function immunisationFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = entry.detail as Partial<ImmunisationDetail>
  return [
    ['Date', formatWhen(entry)],
    ['Vaccine', detail.vaccine],
    ['Dose', detail.doseNumber === undefined ? undefined : String(detail.doseNumber)],
    ['Where on the body', detail.site],
    ['Batch number', detail.batch],
  ]
}

function referralFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = entry.detail as Partial<ReferralDetail>
  return [
    ['Date', formatWhen(entry)],
    ['Referred to', detail.to],
    ['Priority', detail.priority],
    ['Why', detail.reason],
    ['By', entry.author],
  ]
}

function documentFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = entry.detail as Partial<DocumentDetail>
  return [
    ['Date', formatWhen(entry)],
    ['From', entry.organisation ?? entry.author],
    ['Why there is no file', entry.documentHash ? undefined : detail.missingReason],
  ]
}

function consultationFacts(entry: DisclosedEntry): readonly Fact[] {
  const detail = entry.detail as Partial<ConsultationDetail>
  return [
    ['Date', formatWhen(entry)],
    ['With', entry.author],
    ['Where', detail.location ?? entry.organisation],
    ['Type', detail.type === entry.title ? undefined : detail.type],
  ]
}
