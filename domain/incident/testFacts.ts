import type { Fact, FactData, FactType, Opening } from './facts.ts'

/** Facts for tests: `10:05` or `10:05:00.001` on one day, UTC. */
export const t = (clock: string): number => Date.parse(`2026-03-02T${clock.length === 5 ? `${clock}:00` : clock}Z`)

export const opening: Opening = {
  number: 'S-1',
  category: 'water',
  source: 'hotline',
  tier: null,
  place: { lng: 121.5, lat: 31.2 },
  path: ['310115', '310115005'],
  policy: { id: '1-5-15', version: 1 },
}

type Told = {
  readonly type: FactType
  readonly at: number
  readonly data: unknown
  readonly recordedAt?: number
  readonly actor?: string
}

/** One fact to tell; `told` gives it its place in the log. */
export const fact = <T extends FactType>(
  type: T,
  at: string,
  data: FactData[T],
  more: { recordedAt?: string; actor?: string } = {},
): Told => ({
  type,
  at: t(at),
  data,
  ...(more.recordedAt === undefined ? {} : { recordedAt: t(more.recordedAt) }),
  ...(more.actor === undefined ? {} : { actor: more.actor }),
})

/** Facts in the order in which they were recorded, at once unless they say otherwise. */
export const told = (...facts: readonly Told[]): Fact[] => {
  let recordedAt = 0
  return facts.map((fact, i) => {
    recordedAt = Math.max(recordedAt, fact.recordedAt ?? fact.at)
    return { actor: null, ...fact, recordedAt, eventId: `e${i + 1}`, position: i + 1 } as Fact
  })
}
