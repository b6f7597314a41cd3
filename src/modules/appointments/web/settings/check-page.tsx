import { Button, Form, Table } from '#platform/html'
import { PlanningPage, type Frame } from '../templates/frame.tsx'
import type { SettingChange } from './settings-changes.ts'

/** What saving settings would change, before it is saved. */
export function CheckSettingsPage(
  props: Frame & {
    readonly changes: readonly SettingChange[]
    /** What was typed, which is sent again to save it. */
    readonly typed: Readonly<Record<string, string>>
  },
) {
  const { changes, typed } = props
  const back = '/practice/appointments/settings'
  return (
    <PlanningPage
      {...props}
      title="Check what would change"
      current="settings"
      back={{ href: back, text: 'Settings' }}
    >
      {changes.length === 0 ? (
        <p>
          Nothing would change. <a href={back}>Go back to the settings</a>.
        </p>
      ) : (
        <>
          <Table
            responsive
            caption={{ text: 'Not saved yet', size: 'm' }}
            head={['Setting', 'Now', 'Then', 'What that does']}
            rows={changes.map(({ label, now, later, effect }) => [label, now, later, effect])}
          />
          <Form action={back}>
            {Object.entries(typed).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <div class="nhsuk-button-group">
              <Button text="Save" preventDoubleClick />
              <Button text="Do not save" href={back} variant="secondary" />
            </div>
          </Form>
        </>
      )}
    </PlanningPage>
  )
}
