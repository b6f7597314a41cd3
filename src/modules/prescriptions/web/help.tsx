/** How to get a medicine without this service. */
export function Help({ phone }: { readonly phone?: string | undefined }) {
  return (
    <section>
      <h2 class="nhsuk-heading-m">If a medicine is missing or you have run out</h2>
      <p>Phone your GP surgery{phone === undefined ? '' : ` on ${phone}`}.</p>
      <p>
        If you have run out and the surgery is closed, use 111.nhs.uk or call 111. They can arrange
        an emergency supply.
      </p>
    </section>
  )
}
