import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second for every program that asks (USER_HZ). */
const TICKS_PER_SECOND = 100
const PAGE_BYTES = 4096

/** User and system time of a process since it started. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, which may hold spaces, ends with the last bracket; utime and stime are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

export function rssBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
}
