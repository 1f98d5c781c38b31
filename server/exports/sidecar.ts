/** What a machine and a person must know of a file to trust it, and to make the same bytes again. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseInstant } from '#domain/time/instant.ts'
import { askedExport, askedOf } from './exportRequest.ts'
import { zonedText } from './layer.ts'
import type { Material } from './material.ts'
import { PRODUCT } from './product.ts'
import { knownSystem } from './projection.ts'
import type { Rendered } from './rendered.ts'

export type Sidecar = ReturnType<typeof sidecarOf>

export function sidecarOf(material: Material, { files, facts }: Rendered) {
  const { request, at, head, referenceHash, placeName, timezone, author, n, leftOut, datums } = material
  const { filter } = request
  const system = knownSystem(material.systemCode)
  return {
    product: PRODUCT,
    place: placeName,
    at: new Date(at).toISOString(),
    author,
    data: { head, referenceHash },
    request: askedOf(request),
    window: { from: zonedText(filter.from, timezone), to: zonedText(filter.to, timezone), timezone },
    filter,
    n: { used: n, leftOut },
    suppression: suppressionOf(material),
    crs: { code: `EPSG:${system.code}`, name: system.name, datum: system.datum },
    datum: {
      inside: 'WGS 84, which CGCS2000 coincides with to well under a metre',
      cameIn: datums,
      conversion: 'gcj02 and bd09 were converted to WGS 84 when they came in; nothing leaves in them',
    },
    ...(request.what === 'heat'
      ? {
          heat: {
            unit: request.unit,
            kernel: 'gaussian, cut at 4 bandwidths',
            bandwidthM: request.bandwidthM,
            cellM: request.cellM,
            classes: request.classes,
          },
        }
      : {}),
    ...facts,
    files: files.map(({ suffix, bytes }) => ({ suffix, bytes: bytes.length, sha256: sha256(bytes) })),
  }
}

/** Null in a count stands for held back. */
function suppressionOf({ request: { k }, areas }: Material) {
  if (k === 1) return null
  const hiddenAreas = areas.filter(({ n }) => n === null).length
  return {
    k,
    hiddenAreas,
    rule: 'counts of 1 to k - 1 and what would give them by subtraction; cells that fewer than k make; places of single incidents',
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const instant = z
  .string()
  .transform(text => parseInstant(text) ?? Number.NaN)
  .refine(at => !Number.isNaN(at), 'is no instant')

/** What making the same bytes again needs; the rest of a sidecar is for reading. */
const again = z.object({
  product: z.object({ name: z.string(), version: z.string() }),
  at: instant,
  author: z.object({
    by: z.string(),
    name: z.string().nullable(),
    role: z.string().nullable(),
    areas: z.array(z.string()).nullable(),
  }),
  data: z.object({ head: z.int().min(0), referenceHash: z.string() }),
  request: askedExport,
  files: z.array(z.object({ suffix: z.string(), bytes: z.number(), sha256: z.string() })).min(1),
})
export type Again = z.output<typeof again>

/** A string says what is wrong. */
export function readSidecar(json: unknown): Again | string {
  const parsed = again.safeParse(json)
  if (parsed.success) return parsed.data
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
