import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

type Value = string | number | Date | Uint8Array | null;

class Hole {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

type Holes<Values> = <Name extends keyof Values & string>(name: Name) => RawBuilder<Values[Name]>;

/**
 * A query of the hot path: built and compiled by Kysely the first time only, after which each
 * call binds its values and runs. `build` marks where values go: `hole('at')`.
 */
export function compiledOnce<Values extends { readonly [Name in keyof Values]: Value }, Row>(
  db: Kysely<Schema>,
  build: (db: Kysely<Schema>, hole: Holes<Values>) => Compilable<Row>,
): (db: Kysely<Schema>, values: Values) => Promise<Row[]> {
  const query = build(db, (name) => sql`${new Hole(name)}`).compile();
  const { parameters: places } = query;
  return async (on, values) => {
    const named: { readonly [name: string]: Value } = values;
    const parameters = places.map((place) => (place instanceof Hole ? named[place.name] : place));
    const { rows } = await on.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}

/** The same, built at the first call on each kind of database: for queries that are given their `db`. */
export function compiledWhenUsed<Values extends { readonly [Name in keyof Values]: Value }, Row>(
  build: (db: Kysely<Schema>, hole: Holes<Values>) => Compilable<Row>,
): (db: Kysely<Schema>, values: Values) => Promise<Row[]> {
  const queries = new Map<unknown, (db: Kysely<Schema>, values: Values) => Promise<Row[]>>();
  return (db, values) => {
    const dialect = db.getExecutor().adapter.constructor;
    let query = queries.get(dialect);
    if (query === undefined) {
      query = compiledOnce<Values, Row>(db, build);
      queries.set(dialect, query);
    }
    return query(db, values);
  };
}
