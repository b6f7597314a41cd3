import { type FhirNode, nodeOf, nodesOf, textOf } from './fhir-node.ts'
import type { Source } from './sources.ts'

/** What a Reference points at: found, or why not. */
type Target =
  | { readonly found: Source }
  | { readonly missing: 'not in the file' | 'a sentence' | 'nothing'; readonly text?: string }

/** Finds what references point at. */
export interface Resolver {
  /** What a Reference (or canonical text) in `from` points at. */
  target(reference: unknown, from: Source): Target
  /** The same, or `undefined` where it is not there. */
  find(reference: unknown, from: Source): Source | undefined
}

const address = /([A-Za-z]{1,64})\/([^/\s|]+)(?:\/_history\/[^/\s]+)?$/

/** Makes a resolver over these resources; `others`, of the other files of a run, come second. */
export function makeResolver(sources: readonly Source[], others: readonly Source[] = []): Resolver {
  const byName = new Map<string, Source[]>()
  const add = (name: string, source: Source) => {
    const known = byName.get(name)
    if (known) known.push(source)
    else byName.set(name, [source])
  }
  for (const source of [...sources, ...others]) {
    if (source.container) {
      const id = textOf(source.node['id'])?.replace(/^#/, '')
      if (id) add(`${source.container.path}#${id}`, source)
      continue
    }
    add(source.key, source)
    const id = textOf(source.node['id'])
    if (id && source.key !== `${source.type}/${id}`) add(`${source.type}/${id}`, source)
    if (source.fullUrl) add(source.fullUrl, source)
  }

  const named = (name: string, from: Source): Source | undefined => {
    const candidates = byName.get(name)
    return candidates?.find((candidate) => candidate.scope === from.scope) ?? candidates?.[0]
  }
  const target = (reference: unknown, from: Source): Target => {
    const text = referenceText(reference)
    if (!text) return { missing: 'nothing' }
    const found = text.startsWith('#')
      ? named(`${(from.container ?? from).path}${text}`, from)
      : (named(text, from) ?? byAddress(text, from))
    if (found) return { found }
    return { missing: isSentence(text) ? 'a sentence' : 'not in the file', text }
  }
  const byAddress = (text: string, from: Source): Source | undefined => {
    const parts = address.exec(text)
    return parts ? named(`${parts[1]}/${parts[2]}`, from) : undefined
  }
  return {
    target,
    find: (reference, from) => {
      const to = target(reference, from)
      return 'found' in to ? to.found : undefined
    },
  }
}

/** The type that a reference names, such as "Patient", even where its target is not there. */
export function referencedType(reference: unknown): string | undefined {
  return address.exec(referenceText(reference) ?? '')?.[1]
}

/** The key that a reference names, such as "Encounter/9"; `undefined` where it names none. */
export function referencedKey(reference: unknown): string | undefined {
  const parts = address.exec(referenceText(reference) ?? '')
  const key = parts && `${parts[1]}/${parts[2]}`
  return key && key.length <= 200 ? key : undefined
}

/** Every Reference object within a resource, with the path to it; what is contained is left out. */
export function referencesIn(
  node: FhirNode,
): readonly { readonly path: string; readonly reference: FhirNode }[] {
  const found: { path: string; reference: FhirNode }[] = []
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.forEach((member) => visit(member, path))
    else if (value !== null && typeof value === 'object') {
      const here = value as FhirNode
      if (typeof here['reference'] === 'string') found.push({ path, reference: here })
      for (const [name, member] of Object.entries(here)) {
        if (name !== 'contained') visit(member, path ? `${path}.${name}` : name)
      }
    }
  }
  visit(node, '')
  return found
}

/** The words beside a reference: its display, or that of its identifier. */
export function referenceDisplay(reference: unknown): string | undefined {
  return textOf(nodesOf(reference)[0]?.['display'])
}

function referenceText(reference: unknown): string | undefined {
  return typeof reference === 'string'
    ? textOf(reference)
    : textOf(nodeOf(reference)?.['reference'])
}

function isSentence(text: string): boolean {
  return /\s/.test(text)
}
