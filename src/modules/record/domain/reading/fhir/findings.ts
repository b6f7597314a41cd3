import { detailOf } from '../../details.ts'
import type { DisclosedEntry } from '../../disclosure.ts'
import {
  clinicalDate,
  conceptOf,
  fhirConcept,
  noteOf,
  present,
  type BundleContext,
  type Resource,
} from './parts.ts'

/** A result, a measurement or anything else noted. A unit is given in words: no code is guessed. */
export function observation(
  entry: DisclosedEntry,
  { subject, referenceTo }: BundleContext,
): Resource {
  return present({
    resourceType: 'Observation',
    status: statusOf(entry),
    category:
      entry.kind === 'result' ? [fhirConcept('observation-category', 'laboratory')] : undefined,
    code: conceptOf(entry),
    subject,
    encounter: referenceTo(entry.source, entry.encounterKey),
    effectiveDateTime: clinicalDate(entry),
    issued: entry.filedAt?.toISOString(),
    ...valueOf(entry),
    ...noteOf(entry.text),
    ...rangeOf(entry),
  })
}

/** A report or a group of results, with those of them that are shown. */
export function report(
  entry: DisclosedEntry,
  { subject, referenceTo, referencesBelow }: BundleContext,
): Resource {
  const below = referencesBelow(entry)
  return present({
    resourceType: 'DiagnosticReport',
    status: statusOf(entry),
    category: [fhirConcept('v2-0074', 'LAB')],
    code: conceptOf(entry),
    subject,
    encounter: referenceTo(entry.source, entry.encounterKey),
    effectiveDateTime: clinicalDate(entry),
    issued: entry.filedAt?.toISOString(),
    result: below.length > 0 ? below : undefined,
    conclusion: [entry.valueText, entry.text].filter(Boolean).join('\n') || undefined,
  })
}

const statuses = new Set(['registered', 'preliminary', 'final', 'amended', 'corrected'])

/** What was shown was filed; a status that the source did not give is not made up. */
function statusOf(entry: DisclosedEntry): string {
  if (!['result', 'result-group', 'report'].includes(entry.kind)) return 'final'
  const status = detailOf('result', entry).status?.toLowerCase() ?? ''
  return statuses.has(status) ? status : 'unknown'
}

function valueOf(entry: DisclosedEntry): Resource {
  const { valueNumber: value, valueComparator: comparator, valueText, unit } = entry
  if (value !== undefined) return { valueQuantity: present({ value, comparator, unit }) }
  return valueText === undefined ? {} : { valueString: valueText }
}

function rangeOf({ kind, rangeLow, rangeHigh, rangeText, unit }: DisclosedEntry): Resource {
  if (kind !== 'result') return {}
  const quantity = (value: number | undefined) =>
    value === undefined ? undefined : present({ value, unit })
  const range = present({ low: quantity(rangeLow), high: quantity(rangeHigh), text: rangeText })
  return Object.keys(range).length > 0 ? { referenceRange: [range] } : {}
}
