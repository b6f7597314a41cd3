import type { NextDecision, RecordItem } from './decision.ts'
import { ruleset } from './ruleset.ts'
import type { PatientContext, Reason, Rule, ScreeningContext } from './screening.ts'

const patientRules: readonly Rule[] = ruleset.holds.filter((rule) => rule.id.startsWith('patient.'))

/**
 * Holds again what rules released from sources that are not being stored, where something about the
 * patient, such as an enhanced review asked for by the source that is, now holds all of the record.
 * What a person released stays as it is.
 *
 * Source: DOMAIN RA-8. Hazard: harmful entry shown.
 */
export function holdElsewhere<One extends Pick<RecordItem, 'entry' | 'standing'>>(
  elsewhere: readonly One[],
  patient: PatientContext,
): readonly { readonly one: One; readonly decision: NextDecision }[] {
  const context: ScreeningContext = {
    patient,
    nearMarked: false,
    nearSensitive: false,
    nearWithheld: false,
    sameAsWithheld: false,
    markRemoved: false,
    within: 'nothing',
  }
  return elsewhere
    .filter(({ standing }) => standing?.outcome === 'released' && standing.decidedBy === 'ruleset')
    .map((one) => ({ one, reasons: patientReasons(one, context) }))
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ one, reasons }) => ({
      one,
      decision: { outcome: 'held', decidedBy: 'ruleset', reasons },
    }))
}

function patientReasons(
  { entry }: Pick<RecordItem, 'entry'>,
  context: ScreeningContext,
): readonly Reason[] {
  return patientRules
    .filter((rule) => rule.fires(entry, context))
    .map(({ id, why }) => ({ rule: id, why }))
}
