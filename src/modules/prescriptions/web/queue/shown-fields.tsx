import type { BackTo } from './reject-form.ts'

/** What a form about one item carries: the version that was shown, and where to go back to. */
export function ShownFields(props: BackTo & { readonly version: number }) {
  return (
    <>
      <input type="hidden" name="version" value={String(props.version)} />
      <input type="hidden" name="page" value={String(props.page)} />
      <input type="hidden" name="view" value={props.view} />
    </>
  )
}
