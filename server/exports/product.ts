import packageJson from '../../package.json' with { type: 'json' }

export const PRODUCT = { name: 'Gridwatch', version: packageJson.version } as const
