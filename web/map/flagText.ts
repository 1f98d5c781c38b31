/** The time on a pin's flag: `0:27` left, `+1:52` over, `1:02:03` from an hour, `3天 04:10` from two days. */
export function flagText(remainingMs: number): string {
  const over = remainingMs < 0
  // Left rounds up and over rounds down, so that 0:00 stands for the last second and never for a breach.
  const seconds = over ? Math.floor(-remainingMs / 1000) : Math.ceil(remainingMs / 1000)
  return (over ? '+' : '') + duration(seconds)
}

function duration(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes}:${two(seconds % 60)}`
  if (hours < 48) return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
  return `${Math.floor(hours / 24)}天 ${two(hours % 24)}:${two(minutes % 60)}`
}
