import type { DeviceRow } from '../store/eventStore.ts'

/** Who had the device then: a fix belongs to them. Of rows that overlap the one that began last. */
export function holderAt(devices: readonly DeviceRow[], key: string, at: number): string | null {
  const holding = devices
    .filter(row => row.key === key && row.validFrom <= at && (row.validTo === null || at < row.validTo))
    .toSorted((a, b) => a.validFrom - b.validFrom)
  return holding.at(-1)?.worker ?? null
}

/** The rows to put so that the worker has the device from now on and nobody else does. None: they have it already. */
export function handOver(devices: readonly DeviceRow[], key: string, worker: string, now: number): DeviceRow[] {
  const standing = devices.filter(row => row.key === key && (row.validTo === null || row.validTo > now))
  const others = standing.filter(row => row.worker !== worker)
  if (standing.length > 0 && others.length === 0) return []
  return [...others.map(row => ({ ...row, validTo: now })), { key, worker, validFrom: now, validTo: null }]
}
