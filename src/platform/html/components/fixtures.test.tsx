import { h, type ComponentType } from 'preact'
import { describe, expect, test } from 'vitest'
import * as components from '../index.ts'
import {
  currentNames,
  fixturesOf,
  optionsFrom,
  raw,
  type Fixture,
} from '../../../../test/support/official-fixtures.ts'
import { serialize } from '../serialize.ts'
import { markupDifferences } from '../../../../test/support/same-markup.ts'

const ours = {
  'action-link': components.ActionLink,
  'back-link': components.BackLink,
  breadcrumb: components.Breadcrumb,
  button: components.Button,
  card: components.Card,
  'character-count': components.CharacterCount,
  checkboxes: components.Checkboxes,
  'contents-list': components.ContentsList,
  'date-input': components.DateInput,
  details: components.Details,
  'do-dont-list': components.DoDontList,
  'error-message': components.ErrorMessage,
  'error-summary': components.ErrorSummary,
  fieldset: components.Fieldset,
  footer: components.Footer,
  header: components.Header,
  heading: components.Heading,
  hint: components.Hint,
  input: components.Input,
  'inset-text': components.InsetText,
  label: components.Label,
  legend: components.Legend,
  'notification-banner': components.NotificationBanner,
  pagination: components.Pagination,
  panel: components.Panel,
  'password-input': components.PasswordInput,
  radios: components.Radios,
  scroll: components.Scroll,
  'search-input': components.SearchInput,
  select: components.Select,
  'skip-link': components.SkipLink,
  'summary-list': components.SummaryList,
  tables: components.Table,
  tabs: components.Tabs,
  tag: components.Tag,
  'task-list': components.TaskList,
  textarea: components.Textarea,
  'warning-callout': components.WarningCallout,
} as const satisfies Readonly<Record<string, unknown>>

/** The NHS logo is a trade mark: ours shows it only when asked, the official macro always. */
const asked: Readonly<Record<string, object>> = { header: { nhsLogo: true } }

function rendered(component: keyof typeof ours, fixture: Fixture): string {
  const options = optionsFrom(currentNames(component, fixture.context)) as object
  const children = fixture.callBlock === undefined ? undefined : raw(fixture.callBlock)
  const Component = ours[component] as ComponentType<object>
  return serialize(h(Component, { ...options, ...asked[component] }, children))
}

const names = Object.keys(ours) as readonly (keyof typeof ours)[]

describe.each(names)('%s', (component) => {
  test.each(fixturesOf(component).map((fixture, index) => ({ fixture, index })))(
    'makes the official markup of case $index, $fixture.name',
    ({ fixture }) => {
      expect(markupDifferences(fixture.html, rendered(component, fixture))).toEqual([])
    },
  )
})

test('every case of these components is run: a new release that adds or drops some shows here', () => {
  expect(names.flatMap((component) => fixturesOf(component))).toHaveLength(923)
})

test('a difference in an element, attribute, class, text or inner space is noticed', () => {
  const one = '<p class="a b" id="x">Some <b>words</b> here</p>'
  expect(markupDifferences(one, '<p id="x" class="a  b">\n Some <b>words</b> here</p>')).toEqual([])
  for (const other of [
    '<div class="a b" id="x">Some <b>words</b> here</div>',
    '<p class="b a" id="x">Some <b>words</b> here</p>',
    '<p class="a b" id="y">Some <b>words</b> here</p>',
    '<p class="a b">Some <b>words</b> here</p>',
    '<p class="a b" id="x" hidden>Some <b>words</b> here</p>',
    '<p class="a b" id="x">Some <b>word</b> here</p>',
    '<p class="a b" id="x">Some<b>words</b> here</p>',
    '<p class="a b" id="x">Some <b>words</b></p>',
  ]) {
    expect(markupDifferences(one, other), other).not.toEqual([])
  }
})
