import type { Pharmacy } from '../../domain/eps/pharmacy.ts'

/** Where a pharmacy is, and how to reach it. */
export function PharmacyFacts({ pharmacy }: { readonly pharmacy: Pharmacy }) {
  const { addressLines, postcode, phone, kind } = pharmacy
  return (
    <>
      <p class="nhsuk-u-margin-bottom-2">{[...addressLines, postcode].join(', ')}</p>
      {phone !== undefined && <p class="nhsuk-u-margin-bottom-2">Phone {phone}</p>}
      {kind === 'distance-selling' && (
        <p class="nhsuk-u-margin-bottom-2">
          This pharmacy works online only and sends medicines to you. Sign up with it first, on its
          own website or by phone.
        </p>
      )}
    </>
  )
}
