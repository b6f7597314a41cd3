import { itemsOf, memberAt, memberOf, textOf, type Json } from './json.ts'
import type { StatusUpdate } from './tracking.ts'

/** What a tracking service said of one item of one prescription. */
export interface ItemUpdate extends StatusUpdate {
  /** As people write it, in capitals, such as 24F5DA-A83008-7EFE6Z. */
  readonly prescriptionId: string
  /** The UUID of the line, in lower case, where it is given. */
  readonly lineId?: string | undefined
  readonly drugCode?: string | undefined
}

/** What was read of an answer; `unread` counts items whose status or time could not be. */
export interface ReadUpdates {
  readonly updates: readonly ItemUpdate[]
  readonly unread: number
  /** Prescriptions that the service says it cannot give, by their ids. */
  readonly invalidated: readonly string[]
}

const history = 'https://fhir.nhs.uk/StructureDefinition/Extension-DM-PrescriptionStatusHistory'
const number = 'https://fhir.nhs.uk/Id/prescription-order-number'
const idInWords = /\b[0-9A-F]{6}-[0-9A-Z]{6}-[0-9A-F]{5}[0-9A-Z+]/g

/**
 * Reads a searchset of prescriptions, each a collection of its items. Where an item's history has
 * several statuses each is one update. Undefined where this is no such answer, so that a fault is
 * never taken for "nothing new".
 *
 * Source: NHSDigital/prescriptionsforpatients, OpenAPI and examples of 3 May 2026.
 */
export function readUpdates(body: Json): ReadUpdates | undefined {
  if (memberOf(body, 'resourceType') !== 'Bundle' || memberOf(body, 'type') !== 'searchset')
    return undefined
  const resources = itemsOf(memberOf(body, 'entry')).map((entry) => memberOf(entry, 'resource'))
  const items = resources
    .filter((resource) => memberOf(resource, 'resourceType') === 'Bundle')
    .flatMap((bundle) => itemsOf(memberOf(bundle, 'entry')))
    .filter((entry) => memberAt(entry, 'resource', 'resourceType') === 'MedicationRequest')
  const read = items.map(updatesOf)
  return {
    updates: read.flatMap((found) => found ?? []),
    unread: read.filter((found) => found === undefined).length,
    invalidated: resources.flatMap(invalidatedBy),
  }
}

function updatesOf(entry: Json): readonly ItemUpdate[] | undefined {
  const request = memberOf(entry, 'resource')
  const group = memberOf(request, 'groupIdentifier')
  const prescriptionId = textOf(memberOf(group, 'value'))?.toUpperCase()
  if (prescriptionId === undefined || memberOf(group, 'system') !== number) return undefined
  const [coding] = itemsOf(memberAt(request, 'medicationCodeableConcept', 'coding'))
  const item = {
    prescriptionId,
    lineId: lineIdOf(entry),
    drugCode: textOf(memberOf(coding, 'code')),
  }
  const steps = itemsOf(memberOf(request, 'extension')).filter(
    (extension) => memberOf(extension, 'url') === history,
  )
  const updates = steps.map(statusIn)
  if (updates.length === 0 || updates.includes(undefined)) return undefined
  return updates.flatMap((update) => (update ? [{ ...item, ...update }] : []))
}

function statusIn(step: Json): StatusUpdate | undefined {
  const parts = itemsOf(memberOf(step, 'extension'))
  const part = (url: string) => parts.find((one) => memberOf(one, 'url') === url)
  const status = textOf(memberAt(part('status'), 'valueCoding', 'code'))
  const at = instantOf(memberOf(part('statusDate'), 'valueDateTime'))
  return status === undefined || at === undefined ? undefined : { status, at }
}

/** An instant with its zone; a day alone does not say what came first. */
function instantOf(json: Json): Date | undefined {
  const text = textOf(json)
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text))
    return undefined
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? undefined : at
}

function lineIdOf(entry: Json): string | undefined {
  const own = itemsOf(memberAt(entry, 'resource', 'identifier')).map((one) =>
    textOf(memberOf(one, 'value')),
  )
  const url = textOf(memberOf(entry, 'fullUrl'))?.replace(/^urn:uuid:/i, '')
  return (own[0] ?? url)?.toLowerCase()
}

function invalidatedBy(resource: Json): readonly string[] {
  if (memberOf(resource, 'resourceType') !== 'OperationOutcome') return []
  return itemsOf(memberOf(resource, 'issue')).flatMap(
    (issue) => textOf(memberOf(issue, 'diagnostics'))?.match(idInWords) ?? [],
  )
}
