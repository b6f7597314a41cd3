import { parseHTML } from 'linkedom'

const ELEMENT = 1
const TEXT = 3

type Piece =
  | { readonly text: string; readonly before: Gap; readonly after: Gap }
  | { readonly element: Element }

/** White space at the end of a text: none, some, or a line break that only lays out the source. */
type Gap = 'none' | 'space' | 'layout'

function gap(space: string): Gap {
  if (space === '') return 'none'
  return space.includes('\n') ? 'layout' : 'space'
}

function piecesOf(parent: Element): readonly Piece[] {
  const pieces: Piece[] = []
  let text = ''
  const endText = () => {
    const inner = text.trim()
    const before = gap(text.slice(0, text.indexOf(inner)))
    const after = gap(text.slice(text.indexOf(inner) + inner.length))
    if (inner !== '') pieces.push({ text: inner.replaceAll(/\s+/g, ' '), before, after })
    text = ''
  }
  for (const node of parent.childNodes) {
    if (node.nodeType === TEXT) text += node.textContent ?? ''
    if (node.nodeType !== ELEMENT) continue
    endText()
    pieces.push({ element: node as unknown as Element })
  }
  endText()
  return pieces
}

function attributesOf(element: Element): ReadonlyMap<string, string> {
  const entries = [...element.attributes].map(({ name, value }): [string, string] => [
    name.toLowerCase(),
    name === 'class' ? value.trim().replaceAll(/\s+/g, ' ') : value,
  ])
  return new Map(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function sameGap(expected: Gap, actual: Gap): boolean {
  return expected === 'layout' || actual === 'layout' || expected === actual
}

function say(piece: Piece | undefined): string {
  if (!piece) return 'nothing'
  return 'text' in piece ? JSON.stringify(piece.text) : `<${piece.element.localName}>`
}

function pieceDifferences(
  expected: Piece | undefined,
  actual: Piece | undefined,
  path: string,
): readonly string[] {
  if (expected && actual && 'text' in expected && 'text' in actual) {
    if (expected.text !== actual.text) return [`${path}: ${say(expected)}, not ${say(actual)}`]
    const same = sameGap(expected.before, actual.before) && sameGap(expected.after, actual.after)
    return same ? [] : [`${path}: white space around ${say(expected)}`]
  }
  if (expected && actual && 'element' in expected && 'element' in actual) {
    return elementDifferences(expected.element, actual.element, path)
  }
  return [`${path}: ${say(expected)}, not ${say(actual)}`]
}

function elementDifferences(expected: Element, actual: Element, above: string): readonly string[] {
  const path = `${above}/${expected.localName}`
  if (expected.localName !== actual.localName) return [`${path}: not ${actual.localName}`]
  const wanted = attributesOf(expected)
  const given = attributesOf(actual)
  const names = new Set([...wanted.keys(), ...given.keys()])
  const attributes = [...names]
    .filter((name) => wanted.get(name) !== given.get(name))
    .map(
      (name) => `${path}@${name}: ${wanted.get(name) ?? 'none'}, not ${given.get(name) ?? 'none'}`,
    )
  return [...attributes, ...childDifferences(expected, actual, path)]
}

function childDifferences(expected: Element, actual: Element, path: string): readonly string[] {
  const wanted = piecesOf(expected)
  const given = piecesOf(actual)
  const count = Math.max(wanted.length, given.length)
  return Array.from({ length: count }, (_, index) =>
    pieceDifferences(wanted[index], given[index], path),
  ).flat()
}

function bodyOf(html: string): Element {
  return parseHTML(`<!DOCTYPE html><html><body>${html}</body></html>`).document.body
}

/**
 * How two pieces of markup differ as trees: elements, attributes as sets, class lists, and text
 * with its white space collapsed. Spaces that only lay out the source do not count. Empty if the
 * same.
 */
export function markupDifferences(expected: string, actual: string): readonly string[] {
  return childDifferences(bodyOf(expected), bodyOf(actual), '')
}
