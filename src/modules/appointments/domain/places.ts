/** A live or cancelled appointment of someone, as far as places go. */
interface Stay {
  readonly patientId: string
  readonly bookedAt: Date
  readonly startsAt: Date
  readonly cancelledAt?: Date
}

/** A live appointment that has its place already. */
export interface PlacedStay {
  readonly patientId: string
  readonly bookedAt: Date
  readonly startsAt: Date
  readonly place: number
}

/**
 * For each appointment the lowest place, from 1, that no other live one of its patient has between
 * its booking and its start, be it one of these or one placed before. A cancelled one has place 1,
 * as it keeps nobody from anything.
 */
export function lowestFreePlaces(
  stays: readonly Stay[],
  placedBefore: readonly PlacedStay[],
): readonly number[] {
  const places: number[] = stays.map(() => 1)
  const live = stays.map((stay, index) => ({ stay, index })).filter(({ stay }) => !stay.cancelledAt)
  const byPatient = Map.groupBy(live, ({ stay }) => stay.patientId)
  const before = Map.groupBy(placedBefore, ({ patientId }) => patientId)
  for (const [patientId, own] of byPatient) {
    const placed: PlacedStay[] = [...(before.get(patientId) ?? [])]
    for (const { stay, index } of own.toSorted(
      (a, b) => Number(a.stay.bookedAt) - Number(b.stay.bookedAt),
    )) {
      const taken = new Set(
        placed.filter((other) => meets(other, stay)).map((other) => other.place),
      )
      let place = 1
      while (taken.has(place)) place++
      placed.push({ ...stay, place })
      places[index] = place
    }
  }
  return places
}

function meets(a: Stay | PlacedStay, b: Stay): boolean {
  return a.bookedAt < b.startsAt && b.bookedAt < a.startsAt
}
