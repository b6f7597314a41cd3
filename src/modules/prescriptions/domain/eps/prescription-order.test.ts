import { describe, expect, test } from 'vitest'
import { aPrescribedItem, aPrescription } from '../../../../../test/support/eps-messages.ts'
import { hasShared, sharedFiles, sharedJson } from '../../../../../test/support/shared-data.ts'
import { ukCoreFaults } from '../../../../../test/support/uk-core.ts'
import { isDrugCode } from './drug-code.ts'
import { itemsOf, memberAt, memberOf, textOf } from './json.ts'
import { prescriptionOrderOf } from './prescription-order.ts'

const messages: readonly {
  readonly name: string
  readonly bundle: fhir4.Bundle<fhir4.FhirResource>
}[] = [
  { name: 'a repeat', bundle: prescriptionOrderOf(aPrescription()) },
  {
    name: 'four repeats',
    bundle: prescriptionOrderOf(
      aPrescription({ items: [1, 2, 3, 4].map(() => aPrescribedItem()) }),
    ),
  },
  { name: 'an acute medicine', bundle: prescriptionOrderOf(aPrescription({ kind: 'acute' })) },
  {
    name: 'a repeat of which little is known',
    bundle: prescriptionOrderOf(
      aPrescription({
        items: [
          aPrescribedItem({
            durationDays: undefined,
            issuesAllowed: undefined,
            authorisedUntil: undefined,
          }),
        ],
      }),
    ),
  },
]
const sends = sharedFiles('eps-r4', 'Send-200_OK.json').map((name) => sharedJson('eps-r4', name))

/** Every path to a member in a message, resources by their type, lists left out of the path. */
function pathsOf(bundle: unknown): ReadonlySet<string> {
  const paths = new Set<string>()
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, path)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        paths.add(`${path}.${name}`)
        walk(member, `${path}.${name}`)
      }
    }
  }
  for (const entry of itemsOf(memberOf(bundle, 'entry'))) {
    const resource = memberOf(entry, 'resource')
    walk(resource, textOf(memberOf(resource, 'resourceType')) ?? '')
  }
  const { entry: _, ...rest } = Object(bundle) as Record<string, unknown>
  walk(rest, 'Bundle')
  return paths
}

function isRequest(resource: fhir4.FhirResource | undefined): resource is fhir4.MedicationRequest {
  return resource?.resourceType === 'MedicationRequest'
}

/** What every example has and a message of ours has not, and why. */
const leftOut = [
  // The record has the dose in words alone; nothing is made of them.
  /^MedicationRequest\.dosageInstruction\.(timing|route)/,
  // The prescribing system signs, with the prescriber's own card.
  /^Provenance\.signature\.data$/,
  // An address here has lines and a town.
  /^Organization\.address\.district$/,
]

describe('prescriptionOrderOf', () => {
  test.skipIf(!hasShared('eps-r4')).each(messages)(
    'says of $name nothing that no published example says (needs ../shared)',
    ({ bundle }) => {
      const known = new Set(sends.flatMap((example) => [...pathsOf(example)]))
      expect(sends.length).toBeGreaterThan(6)
      expect([...pathsOf(bundle)].filter((path) => !known.has(path))).toEqual([])
    },
  )

  test.skipIf(!hasShared('eps-r4'))(
    'says everything that all published examples say, but what is known to be left out (needs ../shared)',
    () => {
      const [first, ...others] = sends.map(pathsOf)
      const always = [...(first ?? [])].filter((path) => others.every((paths) => paths.has(path)))
      expect(always.length).toBeGreaterThan(120)
      for (const { bundle } of messages.slice(0, 3)) {
        const own = pathsOf(bundle)
        const missing = always.filter((path) => !own.has(path))
        expect(missing.filter((path) => !leftOut.some((known) => known.test(path)))).toEqual([])
        for (const known of leftOut) expect(missing.some((path) => known.test(path))).toBe(true)
      }
    },
  )

  test.skipIf(!hasShared('eps-r4'))(
    'uses the systems and extensions of the published examples alone (needs ../shared)',
    () => {
      const words = (json: unknown) =>
        [...JSON.stringify(json).matchAll(/"(?:system|url)":"([^"]+)"/g)].map(([, word]) => word)
      const known = new Set(sends.flatMap(words))
      for (const { bundle } of messages)
        expect(words(bundle).filter((word) => !known.has(word))).toEqual([])
    },
  )

  test('refers to nothing that is not in the message, and to every part of it', () => {
    for (const { bundle, name } of messages) {
      const parts = new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl))
      const named = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(
        ([, reference]) => reference,
      )
      expect(parts.size, name).toBe(bundle.entry?.length)
      expect(
        named.filter((reference) => !parts.has(reference)),
        name,
      ).toEqual([])
      const ends = [bundle.entry?.[0]?.fullUrl, bundle.entry?.at(-1)?.fullUrl]
      const unnamed = [...parts].filter((part) => !named.includes(part))
      expect(unnamed, name).toEqual(ends)
    }
  })

  test('gives each item its line, drug, amount and pharmacy', () => {
    const items = [
      aPrescribedItem(),
      aPrescribedItem({ quantity: { value: 56, unit: 'tablet', code: '428673006' } }),
    ]
    const order = aPrescription({ items })
    const requests = (prescriptionOrderOf(order).entry ?? [])
      .map(({ resource }) => resource)
      .filter(isRequest)
    expect(requests.map(({ identifier }) => identifier?.[0]?.value)).toEqual(
      items.map(({ lineId }) => lineId),
    )
    expect(requests.map(({ dispenseRequest }) => dispenseRequest?.quantity?.value)).toEqual([
      28, 56,
    ])
    for (const request of requests) {
      expect(isDrugCode(request.medicationCodeableConcept?.coding?.[0]?.code ?? '')).toBe(true)
      expect(request.groupIdentifier?.value).toBe(order.prescriptionId)
      expect(request.dispenseRequest?.performer?.identifier?.value).toBe('VNE51')
      expect(request.dosageInstruction?.[0]?.text).toBe('One to be taken each day')
      expect(request.intent).toBe('instance-order')
    }
  })

  test('makes one message of the same facts, to the byte', () => {
    const order = aPrescription()
    expect(JSON.stringify(prescriptionOrderOf(order))).toBe(
      JSON.stringify(prescriptionOrderOf(order)),
    )
  })
})

describe('UK Core', () => {
  test.skipIf(!hasShared('ukcore-r4')).each(messages)(
    'takes the message of $name and each of its parts (needs ../shared)',
    async ({ bundle }) => {
      expect(await ukCoreFaults(bundle)).toEqual([])
      for (const { resource } of bundle.entry ?? [])
        expect(await ukCoreFaults(resource)).toEqual([])
    },
    60_000,
  )

  test.skipIf(!hasShared('ukcore-r4'))(
    'is noticed to be broken by each of the mistakes a message could have (needs ../shared)',
    async () => {
      const bundle = prescriptionOrderOf(aPrescription())
      const request = bundle.entry?.[1]?.resource
      const broken = [
        { ...request, subject: undefined },
        { ...request, intent: 'perhaps' },
        { ...request, dosageInstruction: [{ text: 5 }] },
        { ...request, prescribed: true },
        { ...request, authoredOn: 'yesterday' },
      ]
      expect(memberAt(request, 'resourceType')).toBe('MedicationRequest')
      for (const one of broken)
        expect(await ukCoreFaults(JSON.parse(JSON.stringify(one)))).not.toEqual([])
    },
    60_000,
  )
})
