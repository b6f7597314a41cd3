import { BackLink, Button, Checkboxes, Form, InsetText, Layout, Radios } from '#platform/html'
import type { AreaSetting, RecordArea } from '#modules/access'
import { sections } from '../../domain/sections.ts'

/** Which parts of the record patients see online at all. */
export function PracticePartsPage(props: {
  readonly withheld: ReadonlySet<RecordArea>
  readonly readers: number
  readonly isSaved: boolean
}) {
  const { withheld, readers, isSaved } = props
  const title = 'Parts of the record shown online'
  return (
    <Layout title={title} before={<BackLink href="/practice/reading" text="What patients see" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {isSaved && <InsetText text="Saved. It holds from now on." />}
      <p>
        What you take the tick from is not shown to any patient, nor to anyone who acts for them,
        from their next page on. A setting of one patient wins over this one. {readers} people see
        something of a record online now.
      </p>
      <Form action="/practice/record-parts">
        <Checkboxes
          name="shown"
          idPrefix="shown"
          fieldset={{ legend: { text: 'Shown to patients', size: 'm' } }}
          items={sections.map(({ section, name }) => ({
            value: section,
            text: name,
            checked: !withheld.has(section),
          }))}
        />
        <Button text="Save" />
      </Form>
    </Layout>
  )
}

/** Which parts one patient sees, where it is not as for everyone. */
export function PatientPartsPage(props: {
  readonly path: string
  readonly name: string
  readonly practice: ReadonlySet<RecordArea>
  readonly own: ReadonlyMap<RecordArea, boolean>
  readonly isSaved: boolean
}) {
  const { path, name, practice, own, isSaved } = props
  const title = `${name}: parts of the record shown online`
  const settingOf = (area: RecordArea): AreaSetting => {
    const isWithheld = own.get(area)
    if (isWithheld === undefined) return 'as-practice'
    return isWithheld ? 'withheld' : 'shown'
  }
  return (
    <Layout title={title} before={<BackLink href={path} text={name} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {isSaved && <InsetText text="Saved. It holds from now on." />}
      <p>The patient is told which part is not included, and whom to ask. They are not told why.</p>
      <Form action={`${path}/record-parts`}>
        {sections.map(({ section, name: part }) => (
          <Radios
            name={section}
            idPrefix={section}
            classes="nhsuk-radios--inline"
            fieldset={{ legend: { text: part, size: 's' } }}
            value={settingOf(section)}
            items={[
              {
                value: 'as-practice',
                text: `As for everyone (${practice.has(section) ? 'not shown' : 'shown'})`,
              },
              { value: 'shown', text: 'Shown' },
              { value: 'withheld', text: 'Not shown' },
            ]}
          />
        ))}
        <Button text="Save" />
      </Form>
    </Layout>
  )
}
