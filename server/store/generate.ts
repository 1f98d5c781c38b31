/** `npm run generate`: writes the migrations that bring the tables of both engines to what their schemas say. */
import { execFileSync } from 'node:child_process'

for (const [dialect, folder] of [
  ['sqlite', 'server/store/sqlite'],
  ['postgresql', 'server/store/postgres'],
] as const) {
  const target = [
    `--dialect=${dialect}`,
    `--schema=${folder}/schema.ts`,
    `--out=${folder}/migrations`,
    ...process.argv.slice(2),
  ]
  execFileSync('drizzle-kit', ['generate', ...target], { stdio: 'inherit' })
}
