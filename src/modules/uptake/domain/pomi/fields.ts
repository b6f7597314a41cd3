import type { Figures } from '../figures/figures.ts'
import { compareText } from '../figures/figures.ts'

/** The 13 published fields. Source: POMI, "field"; DOMAIN 4.2. */
export type PomiField =
  | 'patient_list_size'
  | 'Sys_Appts_Enbld'
  | 'Pat_Appts_Enbld'
  | 'Pat_Appts_Use'
  | 'Sys_Presc_Enbld'
  | 'Pat_Presc_Enbld'
  | 'Pat_Presc_Use'
  | 'Sys_DetCodeRec_Enbld'
  | 'Pat_DetCodeRec_Enbld'
  | 'Pat_DetCodeRec_Use'
  | 'Total_Pat_Enbld'
  | 'New_Pat_Enbld'
  | 'Total_Use'

/** Which figure each field is of. */
export const figureOf: Readonly<Record<PomiField, keyof Figures>> = {
  patient_list_size: 'listSize',
  Sys_Appts_Enbld: 'apptsState',
  Pat_Appts_Enbld: 'apptsEnabled',
  Pat_Appts_Use: 'apptsUse',
  Sys_Presc_Enbld: 'prescState',
  Pat_Presc_Enbld: 'prescEnabled',
  Pat_Presc_Use: 'prescUse',
  Sys_DetCodeRec_Enbld: 'recordState',
  Pat_DetCodeRec_Enbld: 'recordEnabled',
  Pat_DetCodeRec_Use: 'recordUse',
  Total_Pat_Enbld: 'totalEnabled',
  New_Pat_Enbld: 'newEnabled',
  Total_Use: 'totalUse',
}

/** The switch by which a field counts: where it is not on, the field is published as 0. */
const switchOf: Partial<Readonly<Record<PomiField, keyof Figures>>> = {
  Pat_Appts_Enbld: 'apptsState',
  Pat_Appts_Use: 'apptsState',
  Pat_Presc_Enbld: 'prescState',
  Pat_Presc_Use: 'prescState',
  Pat_DetCodeRec_Enbld: 'recordState',
  Pat_DetCodeRec_Use: 'recordState',
}

const isField = (name: string): name is PomiField => Object.hasOwn(figureOf, name)

/** The field that a published file names so, or `undefined`. */
export function parsePomiField(name: string): PomiField | undefined {
  return isField(name) ? name : undefined
}

/** The fields in the order of the file: capitals sort before small letters, so the list comes last. */
export const pomiFields: readonly PomiField[] = Object.keys(figureOf)
  .filter(isField)
  .toSorted(compareText)

/** A field as published: forced to 0 unless the function is switched on; blank where missing. */
export function pomiValue(field: PomiField, figures: Figures): number | undefined {
  const gate = switchOf[field]
  if (gate !== undefined && figures[gate] !== 2) return 0
  return figures[figureOf[field]]
}
