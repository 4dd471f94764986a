import { startPostgres } from '#test/storage/embedded-postgres.ts';
import { crashDrill, type DrillReport } from '#test/support/crash-drill.ts';

/**
 * `npm run bench:kill -- [kills]`: SIGKILL at random moments under load, on both databases.
 * Prints a table; exits with 1 when anything was lost, doubled or oversold.
 */
const kills = Number(process.argv[2] ?? 100);
const people = 50;
const progress = (database: string) => (done: number) => {
  if (done % 10 === 0) console.log(`${database}: ${done} kills`);
};

const sqlite = await crashDrill({ kills, people, onKill: progress('SQLite') });
const server = await startPostgres();
await server.run('create database drill');
const postgres = await crashDrill({
  kills,
  people,
  databaseUrl: server.urlOf('drill'),
  onKill: progress('PostgreSQL'),
});
await server.stop();

const columns = Object.keys(sqlite) as (keyof DrillReport)[];
console.log(`\n${'database'.padEnd(12)}${columns.map((name) => name.padStart(15)).join('')}`);
for (const [name, report] of Object.entries({ SQLite: sqlite, PostgreSQL: postgres })) {
  console.log(`${name.padEnd(12)}${columns.map((it) => String(report[it]).padStart(15)).join('')}`);
}
const faults = (report: DrillReport): number =>
  report.lost + report.doubled + report.oversold + report.unexplained;
process.exitCode = faults(sqlite) + faults(postgres) > 0 ? 1 : 0;
