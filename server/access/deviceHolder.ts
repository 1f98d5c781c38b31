import type { DeviceRow } from '../store/eventStore.ts'

/** Who had the device then: a fix belongs to them. Of rows that overlap the one that began last. */
export function holderAt(devices: readonly DeviceRow[], key: string, at: number): string | null {
  const holding = rowsOf(devices, key).findLast(
    row => row.validFrom <= at && (row.validTo === null || at < row.validTo),
  )
  return holding?.worker ?? null
}

/** Every fix asks, and a city has thousands of telephones: their rows are sorted once for as long as they are the same. */
const sorted = new WeakMap<readonly DeviceRow[], ReadonlyMap<string, readonly DeviceRow[]>>()

function rowsOf(devices: readonly DeviceRow[], key: string): readonly DeviceRow[] {
  const known =
    sorted.get(devices) ??
    Map.groupBy(
      devices.toSorted((a, b) => a.validFrom - b.validFrom),
      row => row.key,
    )
  sorted.set(devices, known)
  return known.get(key) ?? []
}

/** The rows to put so that the worker has the device from now on and nobody else does. None: they have it already. */
export function handOver(devices: readonly DeviceRow[], key: string, worker: string, now: number): DeviceRow[] {
  const standing = devices.filter(row => row.key === key && (row.validTo === null || row.validTo > now))
  const others = standing.filter(row => row.worker !== worker)
  if (standing.length > 0 && others.length === 0) return []
  return [...others.map(row => ({ ...row, validTo: now })), { key, worker, validFrom: now, validTo: null }]
}
