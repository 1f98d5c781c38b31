import { expect, test } from 'vitest'
import type { AreaGeometry, Position } from '../geo/geojson.ts'
import { holdsPoint } from '../geo/pointInPolygon.ts'
import { cellsInside } from './cellsInside.ts'
import { latticeOver, positionAt } from './lattice.ts'
import { seededRandom } from './seededRandom.ts'

const lattice = latticeOver([121.4, 31.2, 121.42, 31.22], 19)

function centresHeld(geometry: AreaGeometry): number[] {
  return Array.from({ length: lattice.width * lattice.height }, (_, cell) => cell).filter(cell => {
    const [lng, lat] = positionAt(lattice, (cell % lattice.width) + 0.5, Math.floor(cell / lattice.width) + 0.5)
    return holdsPoint(geometry, lng, lat)
  })
}

function cellsOf(geometry: AreaGeometry): number[] {
  return cellsInside(lattice, geometry).flatMap(({ row, from, to }) =>
    Array.from({ length: to - from }, (_, i) => row * lattice.width + from + i),
  )
}

test('the cells of an area are those whose centres it holds, holes, parts and what sticks out of the window included', () => {
  const random = seededRandom(3)
  for (let run = 0; run < 40; run++) {
    const [lng, lat] = [121.4 + random() * 0.02, 31.2 + random() * 0.02]
    const star = (radius: number): Position[] =>
      Array.from({ length: 9 }, (_, i) => {
        const [angle, reach] = [(i / 9) * 2 * Math.PI, radius * (0.4 + random())]
        return [lng + reach * Math.cos(angle), lat + reach * Math.sin(angle)]
      })
    const away = star(0.003).map(([x, y]): Position => [x + 0.009, y - 0.004])
    const geometry: AreaGeometry = { type: 'MultiPolygon', coordinates: [[star(0.008), star(0.002)], [away]] }
    expect(cellsOf(geometry)).toEqual(centresHeld(geometry))
  }
})

test('areas that share edges through cell centres share no cell and leave none out', () => {
  const [x, y] = positionAt(lattice, 20.5, 20.5)
  const [east, south] = positionAt(lattice, lattice.width, lattice.height)
  const [west, north] = positionAt(lattice, 0, 0)
  const box = (w: number, s: number, e: number, n: number): AreaGeometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  })
  const quarters = [box(west, south, x, y), box(x, south, east, y), box(west, y, x, north), box(x, y, east, north)]
  const cells = quarters.flatMap(cellsOf).sort((a, b) => a - b)
  expect(cells).toEqual(Array.from({ length: lattice.width * lattice.height }, (_, cell) => cell))
})
