/** `0:09`, `12:04`, `3:07:00`; past the limit with a plus: `+1:52`. Whole seconds, so that nothing jumps twice. */
export function countdown(remainingMs: number): string {
  // Time left is rounded up and overtime down: 0:00 stands only at the limit itself.
  const seconds = remainingMs >= 0 ? Math.ceil(remainingMs / 1000) : Math.floor(-remainingMs / 1000)
  return `${remainingMs < 0 ? '+' : ''}${clockText(seconds)}`
}

/** `7:31`, for a duration that is over. */
export const elapsedText = (ms: number): string => clockText(Math.round(ms / 1000))

function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)}d${two(Math.floor((seconds % 86_400) / 3600))}h`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
