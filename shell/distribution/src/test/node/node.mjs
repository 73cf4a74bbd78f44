// A node to talk to: PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE say which, as for all clients.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import pg from 'pg';

/** A client that is connected while the tests of a file run. */
export function connected(options = {}) {
  const client = new pg.Client(options);
  before(() => client.connect());
  after(() => client.end());
  return client;
}

/** Makes tables anew. */
export async function fresh(client, ...tables) {
  for (const table of tables) {
    await client.query(`DROP TABLE IF EXISTS ${table.split(' ')[0]}`);
    await client.query(`CREATE TABLE ${table}`);
  }
}

/** Expects a statement to fail with a code, and returns the error. */
export async function fails(code, promise) {
  let error;
  await assert.rejects(promise, (thrown) => {
    error = thrown;
    return true;
  });
  assert.equal(error.code, code, error.message);
  return error;
}
