import type { Practice } from '#modules/directory'

/** The ways that need no website. Ends every page that cannot give what was asked for. */
export function GetHelp({ practice }: { readonly practice: Practice | undefined }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">If you need help now</h2>
      <p>
        Phone your GP surgery{practice?.phone === undefined ? '' : ` on ${practice.phone}`}
        {practice?.openingHours ? ` (${practice.openingHours})` : ''}.
      </p>
      <p>
        For urgent help when the surgery is closed, use <a href="https://111.nhs.uk">111.nhs.uk</a>{' '}
        or call 111. In an emergency call 999.
      </p>
    </>
  )
}
