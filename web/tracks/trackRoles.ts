/** Who may see where people went, a worker only their own way; the server decides, this says so before a reason is written. */
const TRACK_ROLES: readonly string[] = ['leader', 'dispatcher', 'auditor', 'worker']
export const seesTracks = (role: string): boolean => TRACK_ROLES.includes(role)
