/** Pushes pins that would cover each other apart. The same input gives the same picture, wherever it is panned. */

/** A mark at its true spot, with what it covers: from the spot `left` px to the left, `right` px to the right, and so on. */
export type Mark = {
  id: string
  x: number
  y: number
  left: number
  right: number
  top: number
  bottom: number
  round: boolean
}
export type Spread = { id: string; x: number; y: number; moved: boolean }

const ROUNDS = 60
const GOLDEN_ANGLE = 2.399963

export function declutter(marks: readonly Mark[], leaderFromPx: number): Spread[] {
  const spots = marks.map(mark => ({ x: mark.x, y: mark.y }))
  for (let round = 0; round < ROUNDS; round++) {
    let pushed = false
    for (let i = 0; i < marks.length; i++) {
      for (let j = i + 1; j < marks.length; j++) {
        const [a, b, p, q] = [marks[i], marks[j], spots[i], spots[j]]
        if (!a || !b || !p || !q) continue
        const push = a.round && b.round ? apartAsCircles(a, b, p, q, i + j) : apartAsBoxes(a, b, p, q)
        if (!push) continue
        p.x -= push.x / 2
        p.y -= push.y / 2
        q.x += push.x / 2
        q.y += push.y / 2
        pushed = true
      }
    }
    if (!pushed) break
  }
  return marks.map((mark, i) => {
    const spot = spots[i] ?? mark
    return { id: mark.id, x: spot.x, y: spot.y, moved: Math.hypot(spot.x - mark.x, spot.y - mark.y) > leaderFromPx }
  })
}

type Spot = { x: number; y: number }

function apartAsCircles(a: Mark, b: Mark, p: Spot, q: Spot, seed: number): Spot | null {
  const wanted = a.right + b.left
  const dx = q.x - p.x
  const dy = q.y - p.y
  const distance = Math.hypot(dx, dy)
  if (distance >= wanted - 0.01) return null
  // Two incidents at one address have no direction of their own: a turn by their place in the list is stable.
  if (distance < 0.1) return { x: Math.cos(seed * GOLDEN_ANGLE) * wanted, y: Math.sin(seed * GOLDEN_ANGLE) * wanted }
  const share = (wanted - distance) / distance
  return { x: dx * share, y: dy * share }
}

function apartAsBoxes(a: Mark, b: Mark, p: Spot, q: Spot): Spot | null {
  const x = Math.min(p.x + a.right, q.x + b.right) - Math.max(p.x - a.left, q.x - b.left)
  const y = Math.min(p.y + a.bottom, q.y + b.bottom) - Math.max(p.y - a.top, q.y - b.top)
  if (x <= 0.01 || y <= 0.01) return null
  if (y <= x) return { x: 0, y: q.y >= p.y ? y : -y }
  return { x: q.x >= p.x ? x : -x, y: 0 }
}
