import { linesOf, wordsOf } from './concepts.ts'
import { parseDay } from './dates.ts'
import { extensionOf } from './extensions.ts'
import { compact, type FhirNode, nodeOf, nodesOf, numberOf, textOf } from './fhir-node.ts'
import { statusOf } from './reading.ts'
import type { Source } from './sources.ts'

/** The resources that together are one medicine: any may be missing, but not all. */
export interface MedicineParts {
  readonly plan?: Source
  readonly statement?: Source
  /** Its issues, in any order. */
  readonly orders: readonly Source[]
}

/** The period that a plan or order is valid for. */
export function validity(node: FhirNode | undefined): FhirNode | undefined {
  return nodeOf(nodeOf(node?.['dispenseRequest'])?.['validityPeriod'])
}

/** A reference to who asked for it, in STU3 or R4. */
export function requesterOf(node: FhirNode): unknown {
  return nodeOf(node['requester'])?.['agent'] ?? node['requester']
}

/** The dose and what the patient is told, each one a line. */
export function doseOf(
  node: FhirNode | undefined,
): { readonly text?: string; readonly patientInstruction?: string } | undefined {
  const doses = nodesOf(node?.['dosageInstruction'] ?? node?.['dosage'])
  if (doses.length === 0) return undefined
  return compact({
    text: linesOf(...doses.map((dose) => textOf(dose['text']))),
    patientInstruction: linesOf(...doses.map((dose) => textOf(dose['patientInstruction']))),
  })
}

/** How much one issue is, in the words of the source, and for how many days. */
export function supplyOf(node: FhirNode | undefined): {
  readonly quantity?: string
  readonly durationDays?: number
} {
  const dispense = nodeOf(node?.['dispenseRequest'])
  const quantity = nodeOf(dispense?.['quantity'])
  const words = textOf(extensionOf(quantity, 'medicationquantitytext')?.['valueString'])
  const value = textOf(quantity?.['value'])
  const unit = words ?? textOf(quantity?.['unit'])
  return compact({
    quantity: unit && value && !/^\d/.test(unit) ? `${value} ${unit}` : (unit ?? value),
    durationDays: daysOf(nodeOf(dispense?.['expectedSupplyDuration'])),
  })
}

function daysOf(duration: FhirNode | undefined): number | undefined {
  const value = numberOf(duration?.['value'])
  if (value === undefined || value <= 0) return undefined
  const unit = (textOf(duration?.['code']) ?? textOf(duration?.['unit']) ?? 'd').toLowerCase()
  const days =
    unit.startsWith('wk') || unit.startsWith('week')
      ? 7
      : unit.startsWith('mo')
        ? 28
        : unit.startsWith('d')
          ? 1
          : undefined
  return days && Math.round(value * days)
}

/** Both counts are of all issues, the first included; plain R4 counts those after the first. */
export function repeatsOf(plan: FhirNode | undefined): {
  readonly issuesAllowed?: number
  readonly issuesMade?: number
} {
  const repeat = extensionOf(plan, 'medicationrepeatinformation')
  const count = (extension: FhirNode | undefined) =>
    numberOf(
      extension?.['valueUnsignedInt'] ??
        extension?.['valuePositiveInt'] ??
        extension?.['valueInteger'],
    )
  const allowed = count(extensionOf(repeat, 'numberofrepeatprescriptionsallowed'))
  const after = numberOf(nodeOf(plan?.['dispenseRequest'])?.['numberOfRepeatsAllowed'])
  return compact({
    issuesAllowed: allowed ?? (after !== undefined && !repeat ? after + 1 : after),
    issuesMade:
      count(extensionOf(repeat, 'numberofrepeatprescriptionsissued')) ??
      count(extensionOf(repeat, 'numberofprescriptionsissued')),
  })
}

/** When a medicine began, was last issued and may be issued until. */
export function datesOf(
  parts: MedicineParts,
  plan: FhirNode | undefined,
  statement: FhirNode | undefined,
): {
  readonly startedOn?: string
  readonly lastIssuedOn?: string
  readonly authorisedUntil?: string
} {
  const repeat = extensionOf(plan, 'medicationrepeatinformation')
  const issues = parts.orders
    .filter(
      (order) =>
        !['cancelled', 'entered-in-error', 'draft'].includes(statusOf(order.node['status']) ?? ''),
    )
    .flatMap(
      (order) =>
        parseDay(validity(order.node)?.['start']) ?? parseDay(order.node['authoredOn']) ?? [],
    )
  const isRepeat =
    repeat !== undefined || numberOf(nodeOf(plan?.['dispenseRequest'])?.['numberOfRepeatsAllowed'])
  return compact({
    startedOn:
      parseDay(nodeOf(statement?.['effectivePeriod'])?.['start']) ??
      parseDay(validity(plan)?.['start']) ??
      parseDay(plan?.['authoredOn']),
    lastIssuedOn:
      parseDay(extensionOf(statement, 'medicationstatementlastissuedate')?.['valueDateTime']) ??
      issues.toSorted().at(-1),
    authorisedUntil:
      parseDay(extensionOf(repeat, 'authorisationexpirydate')?.['valueDateTime']) ??
      (isRepeat ? parseDay(validity(plan)?.['end']) : undefined),
  })
}

/** When and why a plan was stopped, where it was. */
export function stopOf(plan: FhirNode | undefined): {
  readonly stoppedOn?: string
  readonly stopReason?: string
} {
  if (statusOf(plan?.['status']) !== 'stopped') return {}
  const stop = extensionOf(plan, 'medicationstatusreason')
  return compact({
    stoppedOn: parseDay(extensionOf(stop, 'statuschangedate')?.['valueDateTime']),
    stopReason:
      wordsOf(extensionOf(stop, 'statusreason')?.['valueCodeableConcept']) ??
      wordsOf(plan?.['statusReason']),
  })
}
