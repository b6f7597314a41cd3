import type { ComponentChildren } from 'preact'
import { Button, Form } from '#platform/html'

/**
 * A form that a script sends once the device has answered for a passkey. Without scripts, or where
 * there are no passkeys, it is not shown.
 */
export function PasskeyForm(props: {
  /** `get` to show that one is the owner of a passkey, `create` to make one. */
  readonly does: 'get' | 'create'
  /** Where the device's question is asked for. */
  readonly begin: string
  readonly action: string
  readonly text: string
  readonly next?: string | undefined
  readonly children?: ComponentChildren
}) {
  return (
    <div data-passkey={props.does} data-begin={props.begin} hidden>
      <Form action={props.action}>
        <input type="hidden" name="answer" value="" />
        {props.next !== undefined && <input type="hidden" name="next" value={props.next} />}
        {props.children}
        <Button text={props.text} />
        <p role="status" data-passkey-status></p>
      </Form>
    </div>
  )
}
