import { Fragment, isValidElement, type ComponentChildren, type VNode } from 'preact'

/** HTML that is finished. Only this folder makes it, of constants and of what is escaped already. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

/** Elements that have no end tag. Source: HTML Living Standard, void elements. */
const voids: ReadonlySet<string> = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])

/** What a name of an element or attribute may be; anything else would leave its place. */
const plainName = /^[a-zA-Z][a-zA-Z0-9.:-]*$/
/** Would be a script, a style, or text that nobody has escaped. */
const refused = /^(?:on|style$|dangerouslySetInnerHTML$)/i
/** Attributes that say "false"; any other is left out where it is not so. */
const saysNo = /^(?:aria-|data-|draggable$|spellcheck$)/
const special = /["&<]/
const escapes: Readonly<Record<string, string>> = { '"': '&quot;', '&': '&amp;', '<': '&lt;' }

/** Text that is safe between tags and within a quoted attribute. */
function escaped(text: string): string {
  return special.test(text) ? text.replaceAll(/["&<]/g, (letter) => escapes[letter] ?? '') : text
}

/** Names come from our own code only, so there are few: what each begins with is kept. */
const tags = new Map<string, { readonly start: string; readonly end: string }>()
const attributes = new Map<string, { readonly bare: string; readonly start: string }>()

function tagOf(type: string) {
  let tag = tags.get(type)
  if (tag === undefined) {
    if (!plainName.test(type)) throw new Error('An element was given a name that is not allowed')
    tag = { start: `<${type}`, end: voids.has(type) ? '/>' : `</${type}>` }
    tags.set(type, tag)
  }
  return tag
}

function attributeOf(name: string) {
  let attribute = attributes.get(name)
  if (attribute === undefined) {
    if (!plainName.test(name) || refused.test(name))
      throw new Error('An attribute was given a name that is not allowed')
    attribute = { bare: ` ${name}`, start: ` ${name}="` }
    attributes.set(name, attribute)
  }
  return attribute
}

/** An attribute with the space before it; nothing where it has no value. */
export function attributeText(name: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  const { bare, start } = attributeOf(name)
  if (typeof value === 'string') return value === '' ? bare : `${start}${escaped(value)}"`
  if (typeof value === 'number') return `${start}${value}"`
  if (typeof value !== 'boolean')
    throw new Error('An attribute was given a value that is neither text, number nor yes or no')
  if (saysNo.test(name)) return `${start}${value}"`
  return value ? bare : ''
}

function elementText(type: string, props: VNode<object>['props']): string {
  const tag = tagOf(type)
  let html = tag.start
  for (const name in props) {
    if (name !== 'children') html += attributeText(name, props[name as keyof typeof props])
  }
  if (tag.end === '/>') return `${html}/>`
  return `${html}>${serialize(props.children)}${tag.end}`
}

/**
 * JSX as HTML, text and attributes escaped. Components are functions of their properties and have
 * no state. Throws where a name, a value or a child is none that HTML could hold safely.
 */
export function serialize(node: ComponentChildren): string {
  if (typeof node === 'string') return escaped(node)
  if (typeof node === 'number' || typeof node === 'bigint') return String(node)
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (Array.isArray(node)) {
    let html = ''
    for (const child of node as readonly ComponentChildren[]) html += serialize(child)
    return html
  }
  if (node instanceof Markup) return node.html
  if (!isValidElement(node)) throw new Error('Something that is no markup was given as markup')
  const { type, props } = node as VNode<object>
  if (typeof type === 'string') return elementText(type, props)
  if (type === Fragment) return serialize(props.children)
  return serialize((type as (given: object) => ComponentChildren)(props))
}
