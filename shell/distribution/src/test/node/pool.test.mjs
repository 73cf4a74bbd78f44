import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { fresh } from './node.mjs';

const WORKERS = 40;
const ROUNDS = 25;
const pool = new pg.Pool({ max: 10 });

before(() => fresh(pool, 'counter (id int PRIMARY KEY, n int NOT NULL)'));
after(() => pool.end());

test('single statements from many at once lose nothing', async () => {
  await pool.query('INSERT INTO counter VALUES (1, 0)');
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      for (let i = 0; i < ROUNDS; i++) {
        await pool.query('UPDATE counter SET n = n + 1 WHERE id = $1', [1]);
      }
    }),
  );
  const { rows } = await pool.query('SELECT n FROM counter WHERE id = 1');
  assert.equal(rows[0].n, WORKERS * ROUNDS);
});

test('transactions that are tried again lose nothing', async () => {
  await pool.query('INSERT INTO counter VALUES (2, 0), (3, 0)');
  let retries = 0;

  async function once(client) {
    await client.query('BEGIN');
    const { rows } = await client.query('SELECT n FROM counter WHERE id = 2');
    await client.query('UPDATE counter SET n = $1 WHERE id = 2', [rows[0].n + 1]);
    await client.query('UPDATE counter SET n = n - 1 WHERE id = 3');
    await client.query('COMMIT');
  }

  async function untilDone() {
    const client = await pool.connect();
    try {
      for (;;) {
        try {
          return await once(client);
        } catch (error) {
          assert.equal(error.code, '40001', error.message);
          retries++;
          await client.query('ROLLBACK');
        }
      }
    } finally {
      client.release();
    }
  }

  await Promise.all(Array.from({ length: WORKERS }, untilDone));
  const { rows } = await pool.query('SELECT id, n FROM counter WHERE id > 1 ORDER BY id');
  assert.deepEqual(rows, [{ id: 2, n: WORKERS }, { id: 3, n: -WORKERS }]);
  assert.ok(retries > 0, 'nothing met anything');
});

test('a client that is thrown away is replaced', async () => {
  const client = await pool.connect();
  client.release(true);
  assert.equal((await pool.query('SELECT 1 AS one')).rows[0].one, 1);
});
