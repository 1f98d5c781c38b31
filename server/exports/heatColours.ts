/** The heat colours of the screens' light theme (web/styles/tokens.css), from the lowest class to the highest. */
const RAMP = ['#dfdaf2', '#c0b6e6', '#a392d6', '#866ec5', '#6b4eab']

/** As many as there are classes; the five themselves where there are five. */
export function heatColours(classes: number): string[] {
  return Array.from({ length: classes }, (_, i) => colourAt(classes === 1 ? 1 : i / (classes - 1)))
}

export type Rgb = readonly [red: number, green: number, blue: number]

export function rgbOf(colour: string): Rgb {
  const [red, green, blue] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

function colourAt(share: number): string {
  const place = share * (RAMP.length - 1)
  const low = Math.floor(place)
  const [from, to] = [rgbOf(RAMP[low] ?? '#000000'), rgbOf(RAMP[low + 1] ?? RAMP[low] ?? '#000000')]
  const mixed = from.map((value, i) => Math.round(value + (place - low) * ((to[i] ?? 0) - value)))
  return `#${mixed.map(value => value.toString(16).padStart(2, '0')).join('')}`
}
