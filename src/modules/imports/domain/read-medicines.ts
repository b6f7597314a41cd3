import { codingsOf, wordsOf } from './concepts.ts'
import { parseDay } from './dates.ts'
import type { DraftCoding, DraftMarker } from './draft-entry.ts'
import { extensionOf } from './extensions.ts'
import { compact, type FhirNode, nodeOf, textOf } from './fhir-node.ts'
import {
  datesOf,
  doseOf,
  type MedicineParts,
  repeatsOf,
  requesterOf,
  stopOf,
  supplyOf,
  validity,
} from './medicine-detail.ts'
import { personWords } from './people.ts'
import {
  nameless,
  readDates,
  readMarkers,
  type Reading,
  type ReadResult,
  statusOf,
} from './reading.ts'
import { referenceDisplay } from './references.ts'
import type { Source } from './sources.ts'

type MedicineType = 'acute' | 'repeat' | 'repeat-dispensing' | 'delayed'

/**
 * A medicine, from its plan and statement. Where there is neither, an order stands for itself.
 * What is unclear never makes more orderable: an unknown type is acute, an unknown status ended.
 * Source: INTEROP C2, D3, D5; DOMAIN RX-1.
 */
export function readMedicine(parts: MedicineParts, reading: Reading): ReadResult {
  const main = parts.plan ?? parts.statement ?? parts.orders[0]
  if (!main) return nameless
  const each = [parts.plan, parts.statement, ...parts.orders].filter((part) => part !== undefined)
  const product = firstOf(each, (part) => productOf(part, reading))
  if (!product) return nameless
  const plan = parts.plan?.node ?? (parts.statement ? undefined : main.node)
  const statement = parts.statement?.node
  const doses = [statement, plan].flatMap((node) => doseOf(node) ?? [])
  return {
    entry: compact({
      kind: 'medication' as const,
      title: product.words,
      codings: product.codings,
      ...readDates(
        main,
        reading,
        [
          nodeOf(statement?.['effectivePeriod'])?.['start'],
          statement?.['effectiveDateTime'],
          validity(plan)?.['start'],
          plan?.['authoredOn'],
        ],
        [plan?.['authoredOn'], statement?.['dateAsserted'], statement?.['effectiveDateTime']],
      ),
      author: personWords(requesterOf(plan ?? {}), main, reading.resolver),
      detail: compact({
        type: typeOf(main, plan, reading),
        status: medicineStatus(main, plan, statement, reading),
        dose: doses.map((dose) => dose.text).find((text) => text !== undefined),
        patientInstruction: doses
          .map((dose) => dose.patientInstruction)
          .find((text) => text !== undefined),
        ...supplyOf(plan),
        ...repeatsOf(plan),
        ...datesOf(parts, plan, statement),
        ...stopOf(plan),
      }),
      markers: medicineMarkers([parts.plan, parts.statement ?? main], reading),
    }),
  }
}

/** One issue of a medicine. */
export function readIssue(
  source: Source,
  medicine: string | undefined,
  reading: Reading,
): ReadResult {
  const { node } = source
  const product = productOf(source, reading)
  const title = product?.words ?? medicine
  if (!title) return nameless
  const start = validity(node)?.['start']
  return {
    entry: compact({
      kind: 'issue' as const,
      title,
      codings: product?.codings,
      ...readDates(source, reading, [start, node['authoredOn']], [node['authoredOn'], start]),
      author: personWords(requesterOf(node), source, reading.resolver),
      detail: compact({
        issuedOn: parseDay(start) ?? parseDay(node['authoredOn']),
        ...supplyOf(node),
        dose: doseOf(node)?.text,
      }),
      markers: medicineMarkers([source], reading),
    }),
  }
}

/** Whether a MedicationRequest is an issue or order, rather than what may be issued. */
export function isOrder(node: FhirNode): boolean {
  return (textOf(node['intent']) ?? '').endsWith('order')
}

interface Product {
  readonly words: string
  readonly codings: readonly DraftCoding[]
}

function productOf(source: Source, reading: Reading): Product | undefined {
  const { node } = source
  const medication = reading.resolver.find(node['medicationReference'], source)
  const concept = medication?.node['code'] ?? node['medicationCodeableConcept']
  const words = wordsOf(concept) ?? referenceDisplay(node['medicationReference'])
  if (!words && !medication && node['medicationReference']) {
    reading.note(source, 'the medicine it names is not in the file')
  }
  return words ? { words, codings: codingsOf(concept) } : undefined
}

function typeOf(main: Source, plan: FhirNode | undefined, reading: Reading): MedicineType {
  const concept =
    extensionOf(plan, 'prescriptiontype')?.['valueCodeableConcept'] ?? plan?.['courseOfTherapyType']
  const codes = codingsOf(concept).map((coding) => coding.code.toLowerCase())
  for (const code of codes) {
    if (code === 'acute') return 'acute'
    if (code === 'repeat' || code === 'continuous') return 'repeat'
    if (code === 'repeat-dispensing' || code === 'continuous-repeat-dispensing')
      return 'repeat-dispensing'
    if (code.startsWith('delayed')) return 'delayed'
  }
  reading.note(
    main,
    'the kind of prescription is unknown, so it is taken as acute',
    codes.join(', '),
  )
  return 'acute'
}

function medicineStatus(
  main: Source,
  plan: FhirNode | undefined,
  statement: FhirNode | undefined,
  reading: Reading,
): 'active' | 'stopped' | 'completed' {
  const statuses = [plan, statement].flatMap((node) => (node && statusOf(node['status'])) ?? [])
  if (statuses.some((status) => status === 'stopped' || status === 'cancelled')) return 'stopped'
  if (statuses.some((status) => status === 'on-hold')) {
    reading.note(main, 'a medicine on hold is taken as stopped')
    return 'stopped'
  }
  if (statuses.length > 0 && statuses.every((status) => status === 'active')) return 'active'
  if (
    !statuses.every((status) => ['active', 'completed', 'entered-in-error'].includes(status)) ||
    statuses.length === 0
  ) {
    reading.note(main, 'the status is unknown, so it is taken as ended', statuses.join(', '))
  }
  return 'completed'
}

function medicineMarkers(
  sources: readonly (Source | undefined)[],
  reading: Reading,
): readonly DraftMarker[] {
  const present = sources.filter((source) => source !== undefined)
  const markers = new Set(present.flatMap((source) => readMarkers(source, reading)))
  for (const { node, type } of present) {
    const intent = textOf(node['intent'])
    const isNoPrescription =
      type === 'MedicationRequest' && !['plan', undefined].includes(intent) && !isOrder(node)
    if (isNoPrescription || statusOf(node['status']) === 'draft') markers.add('draft')
  }
  return [...markers]
}

function firstOf<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | undefined,
): Value | undefined {
  for (const item of items) {
    const value = read(item)
    if (value !== undefined) return value
  }
  return undefined
}
