import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { connected, fails, fresh } from './node.mjs';

const client = connected();

before(async () => {
  await client.query('DROP PROCEDURE IF EXISTS pay');
  await client.query('DROP PROCEDURE IF EXISTS look');
  await fresh(client, 'purse (id int PRIMARY KEY, coins int NOT NULL CHECK (coins >= 0))');
  await client.query('INSERT INTO purse VALUES (1, 10), (2, 20)');
  await client.query(
    `CREATE PROCEDURE pay PARTITION ON TABLE purse COLUMN id
       AS UPDATE purse SET coins = coins - $2 WHERE id = $1`,
  );
  await client.query(
    `CREATE PROCEDURE look PARTITION ON TABLE purse COLUMN id
       AS SELECT id, coins FROM purse WHERE id = $1`,
  );
});

test('CALL with parameters', async () => {
  await client.query('CALL pay($1, $2)', [1, 4]);
  const { rows } = await client.query('CALL look($1)', [1]);
  assert.deepEqual(rows, [{ id: 1, coins: 6 }]);
});

test('CALL with literals', async () => {
  assert.deepEqual((await client.query('CALL look(2)')).rows, [{ id: 2, coins: 20 }]);
});

test('a named CALL', async () => {
  for (let i = 0; i < 5; i++) {
    await client.query({ name: 'pay', text: 'CALL pay($1, $2)', values: [2, 1] });
  }
  assert.deepEqual((await client.query('CALL look(2)')).rows, [{ id: 2, coins: 15 }]);
});

test('what a procedure may not do is its error', async () => {
  await fails('23514', client.query('CALL pay($1, $2)', [1, 1000]));
  assert.deepEqual((await client.query('CALL look(1)')).rows, [{ id: 1, coins: 6 }]);
  await fails('42883', client.query('CALL nowhere(1)'));
});
