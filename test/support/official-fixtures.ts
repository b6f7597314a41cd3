import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { h, type VNode } from 'preact'
import { Markup } from '../../src/platform/html/serialize.ts'

/** One case of the design system: options for a macro, and the HTML it makes of them. */
export type Fixture = {
  readonly name: string
  readonly context: Readonly<Record<string, unknown>>
  readonly callBlock?: string
  readonly html: string
}

const packageFolder = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'))

/** Every case of one component, from the installed package. */
export function fixturesOf(component: string): readonly Fixture[] {
  const file = join(packageFolder, 'dist/nhsuk/components', component, 'fixtures.json')
  const { fixtures } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly fixtures: readonly Fixture[]
  }
  return fixtures
}

/** Markup as it stands, without an element around it. For tests alone: nothing is escaped. */
export function raw(html: string): VNode {
  return h(() => new Markup(html) as unknown as VNode, {})
}

/** Options with their markup, which ours take as elements and not as strings. */
export function optionsFrom(context: unknown): unknown {
  if (Array.isArray(context)) return context.map(optionsFrom)
  if (typeof context !== 'object' || context === null) return context
  return Object.fromEntries(
    Object.entries(context).map(([name, value]) => [
      name,
      name === 'html' && typeof value === 'string' ? raw(value) : optionsFrom(value),
    ]),
  )
}

type Old = Readonly<Record<string, unknown>>

const renamed: Readonly<Record<string, (old: Old) => Old>> = {
  checkboxes: ({ exclusive, exclusiveGroup, ...rest }) => ({
    ...(exclusive === true && { behaviour: 'exclusive' }),
    ...(exclusiveGroup !== undefined && { behaviourGroup: exclusiveGroup }),
    ...rest,
  }),
  'do-dont-list': ({ title, item, ...rest }) => ({
    ...(title !== undefined && { heading: title }),
    ...(item !== undefined && { text: item }),
    ...rest,
  }),
  pagination: ({ previousUrl, previousPage, nextUrl, nextPage, ...rest }) => ({
    ...(previousUrl !== undefined && { previous: { href: previousUrl, label: previousPage } }),
    ...(nextUrl !== undefined && { next: { href: nextUrl, label: nextPage } }),
    ...rest,
  }),
  tables: ({ panel, heading, headingLevel, ...rest }) => ({
    ...(panel === true && {
      card: { variant: 'feature', heading: { text: heading, level: headingLevel } },
    }),
    ...(panel !== true && heading !== undefined && { heading }),
    ...rest,
  }),
  'task-list': ({ title, ...rest }) => ({
    ...(title !== undefined && { heading: title }),
    ...rest,
  }),
}

/**
 * Options that the design system still takes under names it has deprecated, under the names that
 * replace them, which are the only ones ours have.
 */
export function currentNames(component: string, context: unknown): unknown {
  const rename = renamed[component]
  if (Array.isArray(context)) return context.map((item) => currentNames(component, item))
  if (!rename || typeof context !== 'object' || context === null) return context
  const values = Object.entries(context).map(([name, value]) => [
    name,
    currentNames(component, value),
  ])
  return rename(Object.fromEntries(values) as Old)
}
