/** What was asked for cannot be had; the message says why and what to do instead. */
export class ExportRefused extends Error {}
