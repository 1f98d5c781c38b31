/**
 * Sign of the turn a → b → p: positive when p lies left of the line from a to b, negative right of it, zero exactly on it.
 * Exact for any finite doubles: floating point first, with Shewchuk's error bound, integers when that cannot decide.
 * Source: J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates (1997), orient2d.
 */
export function orientation(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  // A difference is zero only when it is exactly so: end points, and points in line with upright and level edges.
  if ((ax === px || by === py) && (ay === py || bx === px)) return 0
  const left = (ax - px) * (by - py)
  const right = (ay - py) * (bx - px)
  const turn = left - right
  return Math.abs(turn) > 3.3306690738754716e-16 * (Math.abs(left) + Math.abs(right))
    ? turn
    : exactOrientation(ax, ay, bx, by, px, py)
}

function exactOrientation(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const x = integer(px)
  const y = integer(py)
  const turn = (integer(ax) - x) * (integer(by) - y) - (integer(ay) - y) * (integer(bx) - x)
  return turn > 0n ? 1 : turn < 0n ? -1 : 0
}

const bits = new DataView(new ArrayBuffer(8))

/** A double times 2^1074, which makes every double an integer. */
function integer(value: number): bigint {
  bits.setFloat64(0, Math.abs(value))
  const exponent = bits.getUint16(0) >> 4
  const fraction = bits.getBigUint64(0) & 0xfffffffffffffn
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1)
  return value < 0 ? -magnitude : magnitude
}
