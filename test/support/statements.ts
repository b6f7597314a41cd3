import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseSync } from '@swc/core'

/** A statement as it stands in the source, with what its caller says a row holds. */
export interface SourceStatement {
  readonly file: string
  readonly line: number
  readonly text: string
  /** The members of the row type by name; absent where the caller takes no rows. */
  readonly row?: ReadonlyMap<string, Member>
}

/** What a row type says of one member. `text` is also ids, days, names and unions of literals. */
export interface Member {
  readonly type: 'text' | 'number' | 'boolean' | 'instant' | 'list' | 'bytes' | 'json'
  readonly optional: boolean
}

/** A node of the syntax tree, of which only the members looked at are known. */
type Node = { readonly type: string } & Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const trees = new Map<string, Node>()

/** Every `sql` template of the source, tests aside. */
export function sourceStatements(root: string): readonly SourceStatement[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  )
  return files.flatMap((file) => statementsIn(root, file))
}

function statementsIn(root: string, file: string): readonly SourceStatement[] {
  const source = readFileSync(join(root, file), 'utf8')
  if (!source.includes('sql`')) return []
  const tree = treeOf(join(root, file))
  const found: SourceStatement[] = []
  const seen = new Set<Node>()
  walk(tree, (node) => {
    if (node.type === 'CallExpression') {
      const template = firstArgument(node)
      if (!template || !isSql(template)) return
      seen.add(template)
      const row = rowOf(join(root, file), tree, node)
      found.push({
        file,
        line: lineOf(source, template),
        text: textOf(template),
        ...(row && { row }),
      })
    } else if (isSql(node) && !seen.has(node)) {
      found.push({ file, line: lineOf(source, node), text: textOf(node) })
    }
  })
  return found
}

function treeOf(path: string): Node {
  let tree = trees.get(path)
  if (!tree) {
    const parsed: unknown = parseSync(readFileSync(path, 'utf8'), {
      syntax: 'typescript',
      tsx: path.endsWith('x'),
      target: 'es2022',
    })
    if (!isNode(parsed)) throw new Error(`${path} could not be parsed`)
    tree = parsed
    trees.set(path, tree)
  }
  return tree
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (isNode(value)) visit(value)
  for (const member of Object.values(value)) walk(member, visit)
}

const member = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const nameOf = (node: unknown): string => String(member(node, 'value') ?? '')

function isSql(node: Node): boolean {
  return node.type === 'TaggedTemplateExpression' && nameOf(member(node, 'tag')) === 'sql'
}

function firstArgument(call: Node): Node | undefined {
  const argument = member(list(member(call, 'arguments'))[0], 'expression')
  return isNode(argument) ? argument : undefined
}

function textOf(template: Node): string {
  const quasis = list(member(member(template, 'template'), 'quasis'))
  return quasis
    .map((quasi) => String(member(quasi, 'cooked')))
    .reduce((so, part, index) => `${so}$${index}${part}`)
}

function lineOf(source: string, node: Node): number {
  const text = String(member(list(member(member(node, 'template'), 'quasis'))[0], 'raw'))
  return source.slice(0, Math.max(0, source.indexOf(text))).split('\n').length
}

function rowOf(path: string, tree: Node, call: Node): ReadonlyMap<string, Member> | undefined {
  const method = nameOf(member(member(call, 'callee'), 'property'))
  if (method !== 'many' && method !== 'maybe') return undefined
  const given = list(member(member(call, 'typeArguments'), 'params'))[0]
  return isNode(given) ? membersOf(path, tree, given) : undefined
}

function membersOf(path: string, tree: Node, type: Node): ReadonlyMap<string, Member> | undefined {
  if (type.type === 'TsTypeLiteral') return bodyMembers(list(type['members']))
  if (type.type === 'TsIntersectionType') {
    const parts = list(type['types']).map((part) =>
      isNode(part) ? membersOf(path, tree, part) : undefined,
    )
    return parts.some((part) => !part)
      ? undefined
      : new Map(parts.flatMap((part) => [...(part ?? [])]))
  }
  if (type.type !== 'TsTypeReference') return undefined
  const name = nameOf(type['typeName'])
  const parameters = list(member(type['typeParams'], 'params')).filter(isNode)
  if (name === 'Pick' || name === 'Omit') {
    const [of, keys] = parameters
    const all = of && membersOf(path, tree, of)
    if (!all || !keys) return undefined
    const named = literalsOf(keys)
    return new Map([...all].filter(([key]) => named.has(key) === (name === 'Pick')))
  }
  return declared(path, tree, name)
}

function literalsOf(keys: Node): ReadonlySet<string> {
  const literals = keys.type === 'TsUnionType' ? list(keys['types']) : [keys]
  return new Set(literals.map((literal) => nameOf(member(literal, 'literal'))))
}

function declared(path: string, tree: Node, name: string): ReadonlyMap<string, Member> | undefined {
  let found: ReadonlyMap<string, Member> | undefined
  let from: string | undefined
  walk(tree, (node) => {
    if (node.type === 'TsInterfaceDeclaration' && nameOf(node['id']) === name) {
      const inherited = list(node['extends']).flatMap((parent) => [
        ...(declared(path, tree, nameOf(member(parent, 'expression'))) ?? []),
      ])
      found = new Map([...inherited, ...bodyMembers(list(member(node['body'], 'body')))])
    }
    if (
      node.type === 'TsTypeAliasDeclaration' &&
      nameOf(node['id']) === name &&
      isNode(node['typeAnnotation'])
    ) {
      found = membersOf(path, tree, node['typeAnnotation'])
    }
    const isLink = node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration'
    if (isLink && list(node['specifiers']).some((one) => specifies(one, name))) {
      from = fileOf(path, nameOf(node['source']))
    }
  })
  return found ?? (from !== undefined ? declared(from, treeOf(from), name) : undefined)
}

const specifies = (specifier: unknown, name: string): boolean =>
  nameOf(member(specifier, 'local')) === name || nameOf(member(specifier, 'orig')) === name

function fileOf(from: string, specifier: string): string | undefined {
  const root = from.slice(0, from.lastIndexOf('/src/'))
  const aliased = /^#(modules|platform)\/(.+)$/.exec(specifier)
  const kernel = /^#kernel\/(.+)$/.exec(specifier)
  const path = aliased
    ? join(root, 'src', aliased[1] ?? '', aliased[2] ?? '', 'index.ts')
    : kernel
      ? join(root, 'src/kernel', `${kernel[1]}.ts`)
      : resolve(dirname(from), specifier)
  return existsSync(path) ? path : undefined
}

function bodyMembers(members: readonly unknown[]): ReadonlyMap<string, Member> {
  return new Map(
    members.filter(isNode).map((node) => {
      const annotation = member(node['typeAnnotation'], 'typeAnnotation')
      return [
        nameOf(node['key']),
        { type: typeOf(annotation), optional: node['optional'] === true },
      ]
    }),
  )
}

function typeOf(annotation: unknown): Member['type'] {
  if (!isNode(annotation)) return 'json'
  switch (annotation.type) {
    case 'TsKeywordType':
      return keywords[String(annotation['kind'])] ?? 'json'
    case 'TsArrayType':
    case 'TsTypeOperator':
      return 'list'
    case 'TsTypeLiteral':
      return 'json'
    case 'TsUnionType':
      return typeOf(list(annotation['types']).find((one) => member(one, 'kind') !== 'undefined'))
    case 'TsTypeReference':
      return (
        references[nameOf(annotation['typeName'])] ??
        (nameOf(annotation['typeName']).endsWith('Detail') ? 'json' : 'text')
      )
    default:
      return 'text'
  }
}

const keywords: Readonly<Record<string, Member['type']>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  unknown: 'json',
}

const references: Readonly<Record<string, Member['type']>> = {
  Date: 'instant',
  Readonly: 'json',
  Record: 'json',
  Uint8Array: 'bytes',
  Buffer: 'bytes',
  JobPayload: 'json',
  PatientCopy: 'json',
  ReadonlyArray: 'list',
}
