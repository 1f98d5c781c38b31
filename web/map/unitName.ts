/** The heat unit in the words of the wall. An unknown unit is shown as it is named, never hidden. */
export function unitName(unit: string): string {
  const names: Record<string, string> = { perHectareHour: '件/公顷·小时', perKm2: '件/km²' }
  return names[unit] ?? unit
}
