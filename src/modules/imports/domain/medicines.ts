import { nodesOf, textOf } from './fhir-node.ts'
import type { MedicineParts } from './medicine-detail.ts'
import { isOrder } from './read-medicines.ts'
import type { Reading } from './reading.ts'
import type { Source } from './sources.ts'

/** The medicines of a person: what each is made of, and the issues that stand by themselves. */
export interface Medicines {
  /** By the resource that names the medicine: its plan, else its statement, else its only order. */
  readonly byMain: ReadonlyMap<Source, MedicineParts>
  /** The medicine of each issue. */
  readonly medicineOf: ReadonlyMap<Source, Source>
  /** Statements that a plan speaks for, and that plan. */
  readonly planOf: ReadonlyMap<Source, Source>
}

/**
 * Puts statements, plans and orders together. An order whose plan is not there becomes a medicine,
 * so that nothing that was prescribed is lost from sight.
 */
export function groupMedicines(sources: readonly Source[], reading: Reading): Medicines {
  const requests = sources.filter((source) => source.type === 'MedicationRequest')
  const statements = sources.filter((source) => source.type === 'MedicationStatement')
  const orders = requests.filter((source) => isOrder(source.node))
  const plans = new Set(requests.filter((source) => !isOrder(source.node)))

  const planOf = new Map<Source, Source>()
  const statementOf = new Map<Source, Source>()
  for (const statement of statements) {
    const plan = basesOf(statement, reading).find((base) => plans.has(base))
    if (!plan) continue
    planOf.set(statement, plan)
    if (statementOf.has(plan))
      reading.note(statement, 'a second statement of a medicine adds nothing to the first')
    else statementOf.set(plan, statement)
  }
  const medicineOf = new Map<Source, Source>()
  const ordersOf = new Map<Source, Source[]>()
  const alone: Source[] = []
  for (const order of orders) {
    const base = rootOf(order, plans, reading)
    if (!base) {
      if (nodesOf(order.node['basedOn']).length > 0) {
        reading.note(
          order,
          'its plan is not in the file, so it stands for a medicine by itself',
          textOf(nodesOf(order.node['basedOn'])[0]?.['reference']),
        )
      }
      alone.push(order)
      continue
    }
    medicineOf.set(order, base)
    ordersOf.set(base, [...(ordersOf.get(base) ?? []), order])
  }
  const byMain = new Map<Source, MedicineParts>()
  for (const plan of plans) {
    const statement = statementOf.get(plan)
    byMain.set(plan, { plan, ...(statement && { statement }), orders: ordersOf.get(plan) ?? [] })
  }
  for (const statement of statements) {
    if (!planOf.has(statement)) byMain.set(statement, { statement, orders: [] })
  }
  for (const order of alone) byMain.set(order, { orders: [order] })
  return { byMain, medicineOf, planOf }
}

function basesOf(source: Source, reading: Reading): readonly Source[] {
  return nodesOf(source.node['basedOn']).flatMap(
    (each) => reading.resolver.find(each, source) ?? [],
  )
}

/** The plan that an order goes back to, through other orders if need be. */
function rootOf(order: Source, plans: ReadonlySet<Source>, reading: Reading): Source | undefined {
  let at: Source | undefined = order
  for (let steps = 0; at && steps < 20; steps++) {
    const bases: readonly Source[] = basesOf(at, reading)
    const plan = bases.find((base) => plans.has(base))
    if (plan) return plan
    at = bases.find((base) => base.type === 'MedicationRequest')
  }
  return undefined
}
