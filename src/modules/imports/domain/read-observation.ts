import { codingsOf, hasCode, linesOf, notesOf, wordsOf, wordsOfEach } from './concepts.ts'
import type { DraftKind, DraftMarker, DraftValue } from './draft-entry.ts'
import { compact, type FhirNode, nodeOf, nodesOf, numberOf, textOf } from './fhir-node.ts'
import { personWords, placeWords } from './people.ts'
import {
  choices,
  nameless,
  readDates,
  readMarkers,
  type Reading,
  type ReadResult,
  statusOf,
} from './reading.ts'
import type { Source } from './sources.ts'

/** The SNOMED CT code of a free-text comment note. Source: INTEROP C2. */
const commentNote = '37331000000100'

/** What the other resources of a file say of an observation. */
export interface Surroundings {
  /** A report names it, or a group that a report names. */
  readonly isInReport: boolean
  /** Observations name it as what they belong to, or it names them. */
  readonly hasMembers: boolean
  /** The title of the consultation heading that it is written under. */
  readonly heading?: string
}

/** An Observation: a result, a group of them, a measurement, a note, or something coded. */
export function readObservation(
  source: Source,
  reading: Reading,
  around: Surroundings,
): ReadResult {
  const { node } = source
  const title =
    wordsOf(node['code']) ?? nodesOf(node['component']).map((each) => wordsOf(each['code']))[0]
  if (!title) return nameless
  const value = readValue(node)
  const kind = kindOf(node, around, value)
  const specimen = reading.resolver.find(node['specimen'], source)
  const collection = nodeOf(specimen?.node['collection'])
  const performers = nodesOf(node['performer'])
  const isTest = kind === 'result' || kind === 'result-group'
  return {
    entry: compact({
      kind,
      title,
      codings: codingsOf(node['code']),
      ...readDates(
        source,
        reading,
        [
          ...choices(node, 'effective', 'DateTime', 'Period.start', 'Instant'),
          collection?.['collectedDateTime'],
          nodeOf(collection?.['collectedPeriod'])?.['start'],
        ],
        [node['issued'], ...choices(node, 'effective', 'DateTime', 'Period.start')],
      ),
      value,
      text: linesOf(textOf(node['comment']), notesOf(node['note'])),
      author: firstWords(performers, (each) => personWords(each, source, reading.resolver)),
      organisation: firstWords(performers, (each) => placeWords(each, source, reading.resolver)),
      detail: isTest
        ? compact({
            status: statusOf(node['status']),
            interpretation: wordsOfEach(node['interpretation']).join(', ') || undefined,
            specimen: specimen && specimenWords(specimen),
          })
        : undefined,
      markers: [...readMarkers(source, reading), ...unfiledMarker(node)],
    }),
  }
}

/** A DiagnosticReport; its results are entries of their own. */
export function readReport(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const title = wordsOf(node['code']) ?? wordsOfEach(node['category'])[0]
  if (!title) return nameless
  const specimens = nodesOf(node['specimen']).flatMap(
    (each) => reading.resolver.find(each, source) ?? [],
  )
  const collected = specimens.map((each) => nodeOf(each.node['collection'])?.['collectedDateTime'])
  const performers = nodesOf(node['performer']).map((each) => each['actor'] ?? each)
  const specimenNames = specimens.flatMap((each) => specimenWords(each) ?? [])
  return {
    entry: compact({
      kind: 'report' as const,
      title,
      codings: codingsOf(node['code']),
      ...readDates(
        source,
        reading,
        [...collected, ...choices(node, 'effective', 'DateTime', 'Period.start'), node['issued']],
        [node['issued'], ...choices(node, 'effective', 'DateTime', 'Period.end')],
      ),
      text: linesOf(
        textOf(node['conclusion']),
        ...wordsOfEach(node['codedDiagnosis'] ?? node['conclusionCode']),
        ...specimens.map((each) => notesOf(each.node['note'])),
      ),
      author: firstWords(performers, (each) => personWords(each, source, reading.resolver)),
      organisation: firstWords(performers, (each) => placeWords(each, source, reading.resolver)),
      detail: compact({
        status: statusOf(node['status']),
        specimen: [...new Set(specimenNames)].join(', ') || undefined,
      }),
      markers: [...readMarkers(source, reading), ...unfiledMarker(node)],
    }),
  }
}

/** Whether an Observation is a free-text note, and nothing coded. */
export function isCommentNote(node: FhirNode): boolean {
  return hasCode(node['code'], commentNote)
}

/** What a specimen is, in the source's words. */
function specimenWords(specimen: Source): string | undefined {
  return wordsOf(specimen.node['type'])
}

/** Neither a registered nor a partial result has been filed. Source: DOMAIN RA-3, RA-6. */
function unfiledMarker(node: FhirNode): readonly DraftMarker[] {
  const status = statusOf(node['status']) ?? ''
  return ['registered', 'partial', 'awaiting-filing', 'unfiled'].includes(status) ? ['unfiled'] : []
}

function kindOf(node: FhirNode, around: Surroundings, value: DraftValue | undefined): DraftKind {
  if (isCommentNote(node)) return 'note'
  const isTest =
    around.isInReport ||
    hasCode(node['category'], 'laboratory', 'LAB', '394595002', 'imaging') ||
    node['specimen'] !== undefined
  if (isTest) return around.hasMembers && !value ? 'result-group' : 'result'
  if (around.heading && /family history/i.test(around.heading)) return 'family-history'
  if (isFamilyNote(node)) return 'family-history'
  if (hasCode(node['category'], 'procedure')) return 'procedure'
  if (nodesOf(node['referenceRange']).length > 0 && !isBloodPressure(node)) return 'result'
  if (value?.number !== undefined || isBloodPressure(node)) return 'measurement'
  return 'observation'
}

function isFamilyNote(node: FhirNode): boolean {
  return /^(Family member :|FH:)/i.test(textOf(node['comment']) ?? '')
}

function isBloodPressure(node: FhirNode): boolean {
  return bloodPressure(node) !== undefined
}

/** 120/80 of an observation with a systolic and a diastolic component. */
function bloodPressure(node: FhirNode): DraftValue | undefined {
  const parts = nodesOf(node['component'])
  const named = (name: RegExp, ...codes: readonly string[]) =>
    nodeOf(
      parts.find(
        (part) => hasCode(part['code'], ...codes) || name.test(wordsOf(part['code']) ?? ''),
      )?.['valueQuantity'],
    )
  const systolic = named(/systolic/i, '72313002', '8480-6', '271649006')
  const diastolic = named(/diastolic/i, '1091811000000102', '8462-4', '271650006')
  const high = numberOf(systolic?.['value'])
  const low = numberOf(diastolic?.['value'])
  if (high === undefined || low === undefined) return undefined
  const unit = textOf(systolic?.['unit']) ?? 'mmHg'
  return { text: `${high}/${low}`, unit: unit === 'mm[Hg]' ? 'mmHg' : unit }
}

function readValue(node: FhirNode): DraftValue | undefined {
  const quantity = nodeOf(node['valueQuantity'])
  const pressure = bloodPressure(node)
  const value = quantity
    ? quantityValue(quantity)
    : (pressure ?? asText(textValue(node)) ?? asText(componentsText(node)))
  const range = pressure ? {} : rangeOf(node)
  const all = { ...value, ...range }
  return Object.keys(all).length > 0 ? all : undefined
}

function asText(text: string | undefined): DraftValue | undefined {
  return text === undefined ? undefined : { text }
}

function quantityValue(quantity: FhirNode): DraftValue {
  const number = numberOf(quantity['value'])
  const written = textOf(quantity['comparator'])
  return compact({
    number,
    comparator: (['<', '<=', '>=', '>'] as const).find((each) => each === written),
    text: number === undefined ? textOf(quantity['value']) : undefined,
    unit: textOf(quantity['unit']) ?? textOf(quantity['code']),
  })
}

function textValue(node: FhirNode): string | undefined {
  const ratio = nodeOf(node['valueRatio'])
  const range = nodeOf(node['valueRange'])
  return (
    textOf(node['valueString']) ??
    wordsOf(node['valueCodeableConcept']) ??
    textOf(node['valueInteger']) ??
    textOf(node['valueBoolean']) ??
    textOf(node['valueDateTime']) ??
    textOf(node['valueTime']) ??
    (ratio && joined(':', quantityText(ratio['numerator']), quantityText(ratio['denominator']))) ??
    (range && joined(' to ', quantityText(range['low']), quantityText(range['high'])))
  )
}

function componentsText(node: FhirNode): string | undefined {
  const parts = nodesOf(node['component']).flatMap((part) => {
    const value = quantityText(part['valueQuantity']) ?? textValue(part)
    return value === undefined ? [] : [joined(': ', wordsOf(part['code']), value) ?? value]
  })
  return parts.length > 0 ? parts.join('; ') : undefined
}

function quantityText(value: unknown): string | undefined {
  const quantity = nodeOf(value)
  if (!quantity) return undefined
  const number = textOf(quantity['value'])
  const comparator = textOf(quantity['comparator']) ?? ''
  return number && joined(' ', `${comparator}${number}`, textOf(quantity['unit']))
}

function joined(by: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter((part) => part !== undefined).join(by) || undefined
}

/** The range of the plain kind where there are several; the words of all of them. */
function rangeOf(node: FhirNode): Pick<DraftValue, 'low' | 'high' | 'rangeText'> {
  const ranges = nodesOf(node['referenceRange'])
  const plain =
    ranges.find((range) => range['type'] === undefined) ??
    ranges.find((range) => /normal/i.test(wordsOf(range['type']) ?? '')) ??
    ranges[0]
  const texts = ranges.flatMap((range) => textOf(range['text']) ?? [])
  return compact({
    low: numberOf(nodeOf(plain?.['low'])?.['value']),
    high: numberOf(nodeOf(plain?.['high'])?.['value']),
    rangeText: texts.join('\n') || undefined,
  })
}

function firstWords(
  references: readonly unknown[],
  read: (reference: unknown) => string | undefined,
): string | undefined {
  for (const reference of references) {
    const words = read(reference)
    if (words) return words
  }
  return undefined
}
