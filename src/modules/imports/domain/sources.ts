import { contentHash } from '#kernel/content-hash'
import { type FhirNode, listOf, nodeOf, nodesOf, textOf } from './fhir-node.ts'

/** One resource of a file, and where in the file it stands. */
export interface Source {
  readonly type: string
  /** Names it within its system, such as "Observation/4f2c". */
  readonly key: string
  readonly node: FhirNode
  readonly fullUrl?: string
  /** Such as "entry[12]" or "line[3].contained[0]". */
  readonly path: string
  /** Resources of the same bundle have the same; a bundle within a bundle has its own. */
  readonly scope: number
  /** What contains it, where it is contained. */
  readonly container?: Source
}

/** Something in the place of a resource that is none. */
export interface BrokenItem {
  readonly path: string
  readonly reason: string
  readonly value: unknown
}

/** All that a file holds, flat and in its order. */
interface Gathered {
  readonly sources: readonly Source[]
  readonly broken: readonly BrokenItem[]
  /** The bundles themselves, outermost first. */
  readonly envelopes: readonly FhirNode[]
}

/** Gathers the resources of parsed JSON: of a bundle, bundles within it, and what is contained. */
export function gather(roots: readonly unknown[], rootPath = ''): Gathered {
  const sources: Source[] = []
  const broken: BrokenItem[] = []
  const envelopes: FhirNode[] = []
  let scopes = 0

  const visit = (value: unknown, path: string, scope: number, fullUrl?: string): void => {
    const node = objectOf(value)
    const type = textOf(node?.['resourceType'])
    if (!node || !type || !typeName.test(type)) {
      broken.push({ path, reason: 'not a FHIR resource', value })
    } else if (type === 'Bundle') {
      envelopes.push(node)
      const inner = ++scopes
      listOf(node['entry']).forEach((entry, index) => {
        const at = `${path && `${path}.`}entry[${index}]`
        const url = textOf(objectOf(entry)?.['fullUrl'])
        visit(objectOf(entry)?.['resource'], at, inner, url)
      })
    } else {
      add(type, node, path, scope, fullUrl)
    }
  }
  const add = (type: string, node: FhirNode, path: string, scope: number, fullUrl?: string) => {
    const key = keyOf(type, node, fullUrl)
    const source = { type, key, node, path, scope, ...(fullUrl && { fullUrl }) }
    sources.push(source)
    listOf(node['contained']).forEach((value, index) => {
      addContained(value, source, `${path}.contained[${index}]`)
    })
  }
  const addContained = (value: unknown, container: Source, path: string) => {
    const node = objectOf(value)
    const type = textOf(node?.['resourceType'])
    if (!node || !type) {
      broken.push({ path, reason: 'not a FHIR resource', value })
      return
    }
    const own = textOf(node['id'])?.replace(/^#/, '')
    const id = own && own.length <= 100 ? own : contentHash(node).slice(0, 32)
    const key = `${type}/${container.key.slice(container.key.indexOf('/') + 1)}#${id}`
    sources.push({ type, key, node, path, scope: container.scope, container })
  }

  roots.forEach((root, index) => {
    visit(root, roots.length > 1 ? `${rootPath || 'line'}[${index + 1}]` : rootPath, 0)
  })
  return { sources, broken, envelopes }
}

/**
 * How many resources parsed JSON holds, counted by another way than `gather` goes, so that the two
 * can be compared. Something that is no resource where one belongs counts as one.
 */
export function countResources(roots: readonly unknown[]): number {
  let count = 0
  const waiting: unknown[] = [...roots]
  while (waiting.length > 0) {
    const node = objectOf(waiting.pop())
    const type = textOf(node?.['resourceType'])
    if (type === 'Bundle') {
      for (const entry of listOf(node?.['entry'])) waiting.push(objectOf(entry)?.['resource'])
      continue
    }
    count += 1
    if (type && typeName.test(type)) count += listOf(node?.['contained']).length
  }
  return count
}

const typeName = /^[A-Za-z]{1,64}$/

function objectOf(value: unknown): FhirNode | undefined {
  return Array.isArray(value) ? undefined : nodeOf(value)
}

/** A name for a resource that lasts: its id, else its address, its identifier, its content. */
function keyOf(type: string, node: FhirNode, fullUrl: string | undefined): string {
  const key = longKeyOf(type, node, fullUrl)
  return key.length <= 200 ? key : `${type}/${contentHash(key)}`
}

function longKeyOf(type: string, node: FhirNode, fullUrl: string | undefined): string {
  const id = textOf(node['id'])
  if (id) return `${type}/${id}`
  const uuid = fullUrl?.startsWith('urn:uuid:') ? fullUrl.slice('urn:uuid:'.length) : undefined
  if (uuid) return `${type}/${uuid}`
  const identifier = nodesOf(node['identifier']).find((each) => textOf(each['value']))
  if (identifier) {
    return `${type}/${textOf(identifier['system']) ?? ''}|${textOf(identifier['value'])}`
  }
  return `${type}/${contentHash(node)}`
}
