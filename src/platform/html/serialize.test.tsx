import fc from 'fast-check'
import { Fragment, h, type ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { serialize } from './serialize.ts'

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '"&<>\'', '&amp;', '–'))
const attributes = fc.record(
  {
    class: text,
    href: text,
    value: text,
    id: fc.option(text, { nil: undefined }),
    rowspan: fc.integer(),
    disabled: fc.boolean(),
    spellcheck: fc.boolean(),
    'aria-hidden': fc.boolean(),
    'data-module': fc.oneof(text, fc.boolean()),
  },
  { requiredKeys: [] },
)
const Passing = (props: { readonly children?: ComponentChildren }) => props.children

const { tree } = fc.letrec<{ tree: ComponentChildren }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.constantFrom(null, undefined, true, false),
    attributes.map((given) => h('input', given)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .tuple(
        fc.constantFrom<'div' | 'td' | typeof Fragment | typeof Passing>(
          'div',
          'td',
          Fragment,
          Passing,
        ),
        attributes,
        tie('tree'),
      )
      .map(([type, given, children]) => h(type as 'div', given, children)),
  ),
}))

test('Any tree says what the library that writes Preact says', () => {
  fc.assert(
    fc.property(tree, (node) => {
      expect(serialize(node)).toBe(renderToString(<>{node}</>))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['a script', { onclick: 'alert(1)' }],
  ['a script, in capitals', { onClick: 'alert(1)' }],
  ['a style', { style: 'color: red' }],
  ['markup of nobody', { dangerouslySetInnerHTML: { __html: '<b>' } }],
  ['a name that ends its tag', { 'a><b': 'c' }],
  ['a value that is a list', { title: ['a'] }],
])('%s is no attribute', (_, given) => {
  expect(() => serialize(h('p', given as object))).toThrow('An attribute was given')
})

test('An element whose name ends its tag is refused', () => {
  expect(() => serialize(h('p><script' as 'p', {}))).toThrow('An element was given')
})

test('A thing that looks like markup is none', () => {
  const forged = { html: '<script>alert(1)</script>' }
  expect(() => serialize(forged as ComponentChildren)).toThrow('no markup')
})
