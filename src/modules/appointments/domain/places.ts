/** A live or cancelled appointment of someone, as far as places go. */
interface Stay {
  readonly patientId: string
  readonly bookedAt: Date
  readonly startsAt: Date
  readonly cancelledAt?: Date
}

/**
 * For each appointment the lowest place, from 1, that no other live one of its patient has between
 * its booking and its start. A cancelled one has place 1, as it keeps nobody from anything.
 */
export function lowestFreePlaces(stays: readonly Stay[]): readonly number[] {
  const places: number[] = stays.map(() => 1)
  const live = stays.map((stay, index) => ({ stay, index })).filter(({ stay }) => !stay.cancelledAt)
  const byPatient = Map.groupBy(live, ({ stay }) => stay.patientId)
  for (const own of byPatient.values()) {
    const placed: { readonly stay: Stay; readonly place: number }[] = []
    for (const { stay, index } of own.toSorted(
      (a, b) => Number(a.stay.bookedAt) - Number(b.stay.bookedAt),
    )) {
      const taken = new Set(
        placed.filter((other) => meets(other.stay, stay)).map((other) => other.place),
      )
      let place = 1
      while (taken.has(place)) place++
      placed.push({ stay, place })
      places[index] = place
    }
  }
  return places
}

function meets(a: Stay, b: Stay): boolean {
  return a.bookedAt < b.startsAt && b.bookedAt < a.startsAt
}
