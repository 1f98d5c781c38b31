import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { parseInstant } from '#domain/time/instant.ts'

/** ISO 8601 with offset at the edge, epoch ms inside. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  serialize: value => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error('not an instant')
    return new Date(value).toISOString()
  },
  parseValue: value => instant(value),
  parseLiteral: node => instant(node.kind === Kind.STRING ? node.value : null),
})

/** A geometry of RFC 7946, out only. */
export const GeoJSON = new GraphQLScalarType({
  name: 'GeoJSON',
  serialize: value => value,
  parseValue: () => {
    throw new GraphQLError('GeoJSON is not taken in here')
  },
})

function instant(value: unknown): number {
  const at = typeof value === 'string' ? parseInstant(value) : null
  if (at === null) {
    throw new GraphQLError(
      `DateTime is ISO 8601 with offset, like 2026-03-02T10:00:00+08:00; got ${JSON.stringify(value)}`,
    )
  }
  return at
}
