import type { ComponentChildren } from 'preact'
import type { Attributes } from './components/options.ts'
import { spread } from './components/options.ts'
import { usePageContext } from './page-context.ts'
import { safeHref } from './safe-href.ts'

/**
 * A form of our own site. A post carries the request forgery token of the page, and with
 * `idempotencyKey` a key by which sending it twice is known. Faults are the server's to tell, so
 * the browser does not check.
 */
export function Form(props: {
  readonly action: string
  readonly method?: 'post' | 'get' | undefined
  readonly idempotencyKey?: string | undefined
  readonly id?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: ComponentChildren
}) {
  const { csrf } = usePageContext()
  const { method = 'post', idempotencyKey } = props
  return (
    <form
      method={method}
      action={safeHref(props.action)}
      novalidate
      id={props.id}
      class={props.class}
      {...spread(props.attributes)}
    >
      {method === 'post' && csrf !== undefined && <input type="hidden" name="_csrf" value={csrf} />}
      {idempotencyKey !== undefined && (
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      )}
      {props.children}
    </form>
  )
}
