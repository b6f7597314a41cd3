import { formatName, type PatientId } from '#modules/directory'
import { patientOrdersPath } from './patient-orders-page.tsx'

/** A patient's name, which leads to what they ordered. */
export function PatientLink(props: {
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
}) {
  return <a href={patientOrdersPath(props.patientId)}>{formatName(props)}</a>
}
