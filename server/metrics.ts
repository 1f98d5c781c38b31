/** Counters by name and labels, as Prometheus reads them. */
export type Metrics = {
  count(name: string, labels?: { readonly [label: string]: string }, by?: number): void
  text(head: number): string
}

export function createMetrics(memory: () => number): Metrics {
  const counters = new Map<string, number>()
  return {
    count(name, labels = {}, by = 1) {
      const series = `${name}${labelText(labels)}`
      counters.set(series, (counters.get(series) ?? 0) + by)
    },
    text(head) {
      const lines = [...counters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([series, value]) => `${series} ${value}`)
      return [...lines, `gridwatch_log_head ${head}`, `process_resident_memory_bytes ${memory()}`].join('\n')
    },
  }
}

function labelText(labels: { readonly [label: string]: string }): string {
  const parts = Object.entries(labels).map(([label, value]) => `${label}="${value.replaceAll(/["\\\n]/g, '_')}"`)
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}
