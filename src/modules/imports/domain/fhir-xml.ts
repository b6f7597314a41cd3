import { accept, refuse, type Result } from '#kernel/result'

interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  /** Where its content begins and ends in the text; for narrative, which is kept as it is. */
  readonly from: number
  to: number
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/**
 * Reads a FHIR resource written in XML into the shape of its JSON, with two differences that the
 * readers here allow for: numbers and truth values stay text, and what is not repeated is no list.
 * Document types and their entities are refused.
 */
export function parseFhirXml(text: string): Result<unknown, string> {
  const root = parseXml(text)
  if (!root.ok) return root
  if (root.value.attributes.get('xmlns') !== 'http://hl7.org/fhir')
    return refuse('it is XML, but not of FHIR')
  return accept(resourceOf(root.value, text))
}

function resourceOf(element: XmlElement, text: string): unknown {
  return { resourceType: element.name, ...membersOf(element, text) }
}

function membersOf(element: XmlElement, text: string): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  const url = element.attributes.get('url')
  if (url !== undefined) members['url'] = url
  for (const child of element.children) {
    const value = valueOf(child, text)
    if (Object.hasOwn(members, child.name)) {
      const before = members[child.name]
      if (Array.isArray(before)) before.push(value)
      else members[child.name] = [before, value]
    } else if (child.name !== '__proto__') members[child.name] = value
  }
  return members
}

function valueOf(element: XmlElement, text: string): unknown {
  if (element.name === 'div') return text.slice(element.from, element.to)
  const [only] = element.children
  if (
    only &&
    (element.name === 'contained' || element.name === 'resource') &&
    /^[A-Z]/.test(only.name)
  ) {
    return resourceOf(only, text)
  }
  return element.attributes.get('value') ?? membersOf(element, text)
}

const tag =
  /<(?:(!--)|(\?)|(!)|(\/)?([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/)?>)/g
const mostElements = 4_000_000

/** The tags of a text in order; comments and what is for programs are left out. */
function* tagsIn(text: string): Generator<RegExpExecArray> {
  const search = new RegExp(tag)
  for (let found = search.exec(text); found; found = search.exec(text)) {
    const [, comment, instruction] = found
    const ending = comment ? '-->' : instruction ? '?>' : undefined
    if (ending === undefined) {
      yield found
      continue
    }
    const at = text.indexOf(ending, search.lastIndex)
    if (at < 0) return
    search.lastIndex = at + ending.length
  }
}

function parseXml(text: string): Result<XmlElement, string> {
  const stack: XmlElement[] = []
  let root: XmlElement | undefined
  let inNarrative = 0
  let count = 0
  for (const found of tagsIn(text)) {
    const [whole, , , declaration, closing, name, attributes = '', empty] = found
    if (++count > mostElements) return refuse('it holds too much to be read at once')
    if (declaration) return refuse('it has a document type, which is not read')
    if (name === undefined) continue
    if (closing) {
      const open = stack.pop()
      if (open?.name !== name) return refuse('its XML tags do not match')
      open.to = found.index
      if (name === 'div') inNarrative--
      continue
    }
    const element: XmlElement = {
      name,
      attributes: attributesOf(attributes),
      children: [],
      from: found.index + whole.length,
      to: found.index + whole.length,
    }
    const parent = stack.at(-1)
    if (!parent && root) return refuse('it has more than one XML root')
    if (!parent) root = element
    else if (inNarrative === 0) parent.children.push(element)
    if (empty) continue
    if (name === 'div') inNarrative++
    stack.push(element)
    if (stack.length > 200) return refuse('it is nested too deeply')
  }
  if (!root || stack.length > 0) return refuse('it is not whole XML')
  return accept(root)
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return new Map(
    [...found].map(([, name = '', double, single]) => [name, plain(double ?? single ?? '')]),
  )
}

function plain(text: string): string {
  return text.replaceAll(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities.get(name) ?? whole
    const code =
      name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
