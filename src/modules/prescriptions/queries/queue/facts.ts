import { localDateOf, type LocalDate } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { ItemId } from '../../domain/item.ts'
import type { MedicationId, Medicine } from '../../domain/medicine.ts'
import type { OrderRules, PastRequest } from '../../domain/orderable.ts'
import type { DecisionFacts } from '../../domain/queue/alert.ts'
import { flagsOf, type MedicineFlag } from '../../domain/queue/flag.ts'
import { monitoringOf } from '../../domain/queue/monitoring.ts'
import { statedOf, type Allergy, type Caution } from '../../domain/queue/stated.ts'
import { isSame, sameRequestOf, type Identity } from '../../domain/same.ts'
import { useOf, withLastSupply, type Issue } from '../../domain/queue/use.ts'
import { medicinesForStaff } from '../medicines.ts'
import { decidedRequests, goingRequests, type GoingRequest } from '../requests.ts'
import { allergiesOf, cautionsOf, codesOf, issuesOf, monitoringSet, testsOf } from './evidence.ts'
import { medicineFlags } from './flags.ts'

/** A waiting item whose facts are wanted. */
export interface FactsOf {
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly medicationId: MedicationId
  readonly kind: 'repeat' | 'acute'
}

/** What is known of one item, with the supplies it was judged by. */
export interface ItemFacts extends DecisionFacts {
  readonly issues: readonly Issue[]
}

/** Facts of items, and what the record says of their patients as such. */
export interface Facts {
  readonly items: ReadonlyMap<ItemId, ItemFacts>
  readonly allergies: ReadonlyMap<PatientId, readonly Allergy[]>
  readonly cautions: ReadonlyMap<PatientId, readonly Caution[]>
}

/** Everything that decides these items, read at once. */
export async function decisionFacts(
  tx: Tx<StaffActing>,
  items: readonly FactsOf[],
  rules: OrderRules,
): Promise<Facts> {
  const patientIds = [...new Set(items.map((item) => item.patientId))]
  const medicationIds = [...new Set(items.map((item) => item.medicationId))]
  if (items.length === 0) return { items: new Map(), allergies: new Map(), cautions: new Map() }
  const [medicines, decided, issues, codes, flags, allergies, cautions, set, going] =
    await Promise.all([
      medicinesForStaff(tx, { patientIds, medicationIds }),
      decidedRequests(tx, medicationIds, patientIds),
      issuesOf(tx, patientIds, medicationIds),
      codesOf(tx, patientIds, medicationIds),
      medicineFlags(tx),
      allergiesOf(tx, patientIds),
      cautionsOf(tx, patientIds),
      monitoringSet(tx, patientIds),
      goingRequests(tx, patientIds),
    ])
  const known = items.map((item) => {
    const medicine = medicines.get(item.medicationId)
    const named = { name: medicine?.name ?? '', codes: codes.get(item.medicationId) ?? [] }
    return { ...item, medicine, named, flags: flagsOf(named, flags) }
  })
  const monitored = known.filter((item) => item.flags.some((flag) => flag.monitoring))
  const tests = await testsOf(tx, [...new Set(monitored.map((item) => item.patientId))])
  const today = localDateOf(tx.now)
  const factsOf = (item: (typeof known)[number]): ItemFacts => {
    const { medicine, medicationId, patientId, kind } = item
    const own = decided.get(medicationId) ?? []
    const supplied = withLastSupply(issues.get(medicationId) ?? [], medicine, own)
    const words = { allergies: allergies.get(patientId), cautions: cautions.get(patientId) }
    return {
      medicine,
      kind,
      decided: own,
      flags: item.flags,
      issues: supplied,
      same: sameRequestOf(othersOfSame(item, going.get(patientId) ?? []), today),
      use: useOf(supplied, rules.earlyDays, today),
      monitoring: monitoringStatus(item, { tests, set }, today),
      ...stated(medicine, words),
    }
  }
  return {
    items: new Map(known.map((item) => [item.itemId, factsOf(item)])),
    allergies,
    cautions,
  }
}

/** Requests of the patient for the same medicine that were made from another entry of the record. */
function othersOfSame(
  item: { readonly medicationId: MedicationId; readonly named: Identity },
  going: readonly GoingRequest[],
): readonly PastRequest[] {
  return going.filter((one) => one.medicationId !== item.medicationId && isSame(one, item.named))
}

function monitoringStatus(
  { flags, patientId }: { readonly flags: readonly MedicineFlag[]; readonly patientId: PatientId },
  known: {
    readonly tests: Awaited<ReturnType<typeof testsOf>>
    readonly set: Awaited<ReturnType<typeof monitoringSet>>
  },
  today: LocalDate,
): DecisionFacts['monitoring'] {
  const tests = known.tests.get(patientId) ?? []
  return monitoringOf(flags, { tests, set: known.set.get(patientId) ?? [] }, today)
}

function stated(
  medicine: Medicine | undefined,
  words: {
    readonly allergies: readonly Allergy[] | undefined
    readonly cautions: readonly Caution[] | undefined
  },
): Pick<DecisionFacts, 'allergies' | 'cautions'> {
  const { allergies = [], cautions = [] } = words
  return medicine ? statedOf(medicine, { allergies, cautions }) : { allergies: [], cautions: [] }
}
