import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { codedDrugOf, type CodedDrug, type Coding } from './drug-code.ts'
import { isOpen, type Pharmacy } from './pharmacy.ts'
import { parseQuantity, type CodedQuantity } from './quantity.ts'

/** Why an approved item goes on paper, though the order names a pharmacy. */
export type PaperReason =
  | 'pharmacy-closed'
  | 'practice-not-set-up'
  | 'prescriber-not-set-up'
  | 'patient-details'
  | 'no-drug-code'
  | 'quantity-unclear'
  | 'no-dose'
  | 'rejected'
  | 'practice-choice'

/** What decides whether an item can go as a message. */
export interface ElectronicFacts {
  readonly pharmacy?: Pick<Pharmacy, 'openedOn' | 'closedOn'> | undefined
  readonly practiceIsSetUp: boolean
  readonly prescriberIsSetUp: boolean
  readonly patientHasAddress: boolean
  readonly name: string
  readonly codings: readonly Coding[]
  readonly dose?: string | undefined
  /** As approved, or as the record has it. */
  readonly quantity?: string | undefined
}

/** What of an item a pharmacy must be able to read without asking. */
export interface CodedItem {
  readonly drug: CodedDrug
  readonly quantity: CodedQuantity
  readonly dose: string
}

/** May this item go electronically? The first thing that keeps it from going is the reason. */
export function decideElectronic(
  facts: ElectronicFacts,
  today: LocalDate,
): Result<CodedItem, PaperReason> {
  if (!facts.pharmacy || !isOpen(facts.pharmacy, today)) return refuse('pharmacy-closed')
  if (!facts.practiceIsSetUp) return refuse('practice-not-set-up')
  if (!facts.prescriberIsSetUp) return refuse('prescriber-not-set-up')
  if (!facts.patientHasAddress) return refuse('patient-details')
  const drug = codedDrugOf(facts.codings, facts.name)
  if (!drug) return refuse('no-drug-code')
  const quantity = parseQuantity(facts.quantity)
  if (!quantity) return refuse('quantity-unclear')
  const dose = facts.dose?.trim()
  return dose ? accept({ drug, quantity, dose }) : refuse('no-dose')
}

/** How many items one prescription holds at most. Source: EPS, between 1 and 4 items. */
const itemsOnPrescription = 4

/**
 * Puts items that were approved together into prescriptions: one prescriber each, repeat and acute
 * apart, in the order given, four at most. None is lost and none is in two.
 */
export function prescriptionsOf<
  Item extends { readonly staffId: string; readonly kind: 'repeat' | 'acute' },
>(items: readonly Item[]): readonly (readonly Item[])[] {
  const alike = Map.groupBy(items, ({ staffId, kind }) => `${staffId} ${kind}`)
  return [...alike.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / itemsOnPrescription) }, (_, place) =>
      group.slice(place * itemsOnPrescription, (place + 1) * itemsOnPrescription),
    ),
  )
}
