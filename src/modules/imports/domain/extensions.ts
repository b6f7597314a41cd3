import { type FhirNode, nodesOf, textOf } from './fhir-node.ts'

/** The extensions that are read, by the last part of their address without prefixes and version. */
const known = [
  'coding-sctdescid',
  'descriptionid',
  'descriptiondisplay',
  'actualproblem',
  'problemsignificance',
  'relatedclinicalcontent',
  'relatedproblemheader',
  'target',
  'type',
  'daterecorded',
  'vaccinationprocedure',
  'allergyintoleranceend',
  'allergyintolend',
  'enddate',
  'reasonended',
  'clinicalsetting',
  'listwarningcode',
  'medicationquantitytext',
  'medicationrepeatinformation',
  'medicationstatusreason',
  'prescriptiontype',
  'numberofrepeatprescriptionsallowed',
  'numberofrepeatprescriptionsissued',
  'numberofprescriptionsissued',
  'authorisationexpirydate',
  'statusreason',
  'statuschangedate',
  'medicationstatementlastissuedate',
  'registrationdetails',
  'registrationperiod',
  'registrationtype',
  'registrationstatus',
  'nhsnumberverificationstatus',
  'encounter-associatedencounter',
  'associatedencounter',
] as const

/** Names an extension that is read. */
type ExtensionName = (typeof known)[number]

/** The extensions of that name, also where the source misspells it by a letter or two. */
export function extensionsOf(node: FhirNode | undefined, name: ExtensionName): readonly FhirNode[] {
  if (!node) return []
  return nodesOf(node['extension']).filter((extension) => knownName(extension['url']) === name)
}

/** The first extension of that name. */
export function extensionOf(node: FhirNode | undefined, name: ExtensionName): FhirNode | undefined {
  return extensionsOf(node, name)[0]
}

/** The address as written, where it is a misspelling of one that is read. */
export function misspelling(url: unknown): string | undefined {
  const name = knownName(url)
  return name && name !== plainName(textOf(url) ?? '') ? textOf(url) : undefined
}

function knownName(url: unknown): ExtensionName | undefined {
  const name = plainName(textOf(url) ?? '')
  const exact = known.find((each) => each === name)
  if (exact || name.length < 10) return exact
  return known.find((each) => each.length >= 10 && areNear(each, name))
}

function plainName(url: string): string {
  const tail = url.slice(url.lastIndexOf('/') + 1)
  return tail
    .replace(/-\d+$/, '')
    .replace(/^(Extension-|CareConnect-|GPC-|UKCore-)+/i, '')
    .toLowerCase()
}

/** One letter left out, put in or changed, or two neighbours swapped. */
function areNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && left === `${right[1]}${right[0]}`
}
