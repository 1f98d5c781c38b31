/** Plane geometry in metres, x east and y north. Rings are open (the first point is not repeated) and counter-clockwise. */
export type Point = readonly [x: number, y: number]

export function signedArea(ring: readonly Point[]): number {
  let sum = 0
  eachEdge(ring, (a, b) => {
    sum += a[0] * b[1] - b[0] * a[1]
  })
  return sum / 2
}

export function perimeter(ring: readonly Point[]): number {
  let sum = 0
  eachEdge(ring, (a, b) => {
    sum += Math.hypot(b[0] - a[0], b[1] - a[1])
  })
  return sum
}

export function centroid(ring: readonly Point[]): Point {
  let area = 0
  let x = 0
  let y = 0
  eachEdge(ring, (a, b) => {
    const cross = a[0] * b[1] - b[0] * a[1]
    area += cross
    x += (a[0] + b[0]) * cross
    y += (a[1] + b[1]) * cross
  })
  return [x / (3 * area), y / (3 * area)]
}

export function contains(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false
  eachEdge(ring, (a, b) => {
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  })
  return inside
}

export function distanceToEdges(ring: readonly Point[], p: Point): number {
  let nearest = Number.POSITIVE_INFINITY
  eachEdge(ring, (a, b) => {
    nearest = Math.min(nearest, distanceToSegment(p, a, b))
  })
  return nearest
}

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}

/** Do the open segments cross (touching ends do not count)? */
export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

function side(a: Point, b: Point, p: Point): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
}

/** The angle (radians) of the direction in which the ring extends furthest, from the second moments of its points. */
export function longAxis(ring: readonly Point[]): number {
  const [cx, cy] = centroid(ring)
  let xx = 0
  let xy = 0
  let yy = 0
  eachEdge(ring, (a, b) => {
    const weight = Math.hypot(b[0] - a[0], b[1] - a[1])
    const dx = (a[0] + b[0]) / 2 - cx
    const dy = (a[1] + b[1]) / 2 - cy
    xx += weight * dx * dx
    xy += weight * dx * dy
    yy += weight * dy * dy
  })
  return 0.5 * Math.atan2(2 * xy, xx - yy)
}

function eachEdge(ring: readonly Point[], visit: (a: Point, b: Point) => void): void {
  let a = ring[ring.length - 1]
  for (const b of ring) {
    if (a !== undefined) visit(a, b)
    a = b
  }
}
