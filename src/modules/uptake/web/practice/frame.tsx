import type { ComponentChildren } from 'preact'
import { Button, Form, Layout, Select } from '#platform/html'
import { formatMonth, formatMonthCode, type Month } from '../../domain/months/month.ts'

const pages = [
  { path: '/practice/uptake', text: 'Uptake and equity' },
  { path: '/practice/uptake/access', text: 'Timely access' },
] as const

/** A report of the practice: its heading, the other reports, and the choice of a month. */
export function ReportFrame(props: {
  readonly title: string
  readonly path: (typeof pages)[number]['path']
  readonly month: Month
  readonly choices: readonly Month[]
  readonly children: ComponentChildren
}) {
  const { title, path, month, choices } = props
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p class="nhsuk-caption-m">{formatMonth(month)}</p>
      <ul class="nhsuk-list">
        {pages
          .filter((page) => page.path !== path)
          .map((page) => (
            <li>
              <a href={page.path}>{page.text}</a>
            </li>
          ))}
        <li>
          <a href={`${path}.csv?month=${formatMonthCode(month)}`}>These figures as a file (CSV)</a>
        </li>
      </ul>
      {props.children}
      <Form action={path} method="get">
        <Select
          id="month"
          name="month"
          label={{ text: 'Another month' }}
          items={choices.map((one) => ({
            value: formatMonthCode(one),
            text: formatMonth(one),
            selected: one === month,
          }))}
        />
        <Button text="Show" variant="secondary" />
      </Form>
    </Layout>
  )
}
