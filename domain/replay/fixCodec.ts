/** Fixes of many people in a few bytes each. */
export type FixOf = {
  readonly at: number // epoch ms
  readonly lng: number
  readonly lat: number
  readonly courseDeg: number | null
}
export type FixesOf = { readonly worker: string; readonly fixes: readonly FixOf[] }

const MAGIC = 0x31465747 // 'GWF1', little endian
/** Places travel in millionths of a degree (11 cm), courses in steps of 2°, 255: none. */
const PER_DEGREE = 1e6
const NO_COURSE = 255

/**
 * 'GWF1', then varints: how many workers; for each its id (UTF-8 length, bytes), how many fixes, and for each of these the
 * differences to the one before (the first: to zero) of at in ms, longitude and latitude in millionths of a degree, all
 * zigzag, and a byte of course. Fixes lie in order of time. Varints are unsigned LEB128, up to 2^53.
 */
export function encodeFixes(people: readonly FixesOf[]): Uint8Array<ArrayBuffer> {
  const total = people.reduce((sum, { fixes }) => sum + fixes.length, 0)
  let bytes = new Uint8Array(256 + people.length * 64 + total * 10)
  let end = 4
  new DataView(bytes.buffer).setUint32(0, MAGIC, true)
  const room = (more: number) => {
    if (end + more <= bytes.length) return
    const larger = new Uint8Array((end + more) * 2)
    larger.set(bytes)
    bytes = larger
  }
  const varint = (value: number) => {
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128
    bytes[end++] = rest
  }
  const difference = (value: number) => varint(value < 0 ? -2 * value - 1 : 2 * value)
  varint(people.length)
  for (const { worker, fixes } of people) {
    const id = new TextEncoder().encode(worker)
    room(id.length + 20)
    varint(id.length)
    bytes.set(id, end)
    end += id.length
    varint(fixes.length)
    let [at, lng, lat] = [0, 0, 0]
    for (const fix of fixes) {
      room(32)
      const [x, y] = [Math.round(fix.lng * PER_DEGREE), Math.round(fix.lat * PER_DEGREE)]
      difference(fix.at - at)
      difference(x - lng)
      difference(y - lat)
      bytes[end++] = fix.courseDeg === null ? NO_COURSE : Math.round(fix.courseDeg / 2) % 180
      at = fix.at
      lng = x
      lat = y
    }
  }
  return bytes.slice(0, end)
}

/** Throws a RangeError that says what is wrong when the bytes are not whole. */
export function decodeFixes(bytes: Uint8Array): FixesOf[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 5 || view.getUint32(0, true) !== MAGIC) throw new RangeError('fixes: does not begin with GWF1')
  let next = 4
  const byte = () => {
    const value = bytes[next++]
    if (value === undefined) throw new RangeError('fixes: ends in the middle')
    return value
  }
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const part = byte()
      value += (part & 127) * scale
      if (part < 128) return value
      if (scale > 2 ** 49) throw new RangeError('fixes: a number is too long')
    }
  }
  const difference = () => {
    const value = varint()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
  const count = varint()
  const people: FixesOf[] = []
  for (let i = 0; i < count; i++) {
    const length = varint()
    const worker = new TextDecoder().decode(bytes.subarray(next, next + length))
    next += length
    let left = varint()
    let [at, lng, lat] = [0, 0, 0]
    const fixes: FixOf[] = []
    for (; left > 0; left--) {
      at += difference()
      lng += difference()
      lat += difference()
      const course = byte()
      fixes.push({
        at,
        lng: lng / PER_DEGREE,
        lat: lat / PER_DEGREE,
        courseDeg: course === NO_COURSE ? null : course * 2,
      })
    }
    people.push({ worker, fixes })
  }
  if (next !== bytes.length) throw new RangeError(`fixes: ${bytes.length - next} bytes follow the last worker`)
  return people
}
