import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { connected, fails, fresh } from './node.mjs';

const client = connected();
const other = connected();

before(async () => {
  await fresh(client, 'account (id int PRIMARY KEY, balance int NOT NULL)');
  await client.query('INSERT INTO account VALUES (1, 100), (2, 100), (3, 100)');
});

async function balance(id) {
  const { rows } = await other.query('SELECT balance FROM account WHERE id = $1', [id]);
  return rows[0].balance;
}

const add = 'UPDATE account SET balance = balance + $2 WHERE id = $1';

test('COMMIT keeps all, ROLLBACK nothing', async () => {
  await client.query('BEGIN');
  await client.query(add, [1, -30]);
  await client.query(add, [2, 30]);
  assert.equal(await balance(1), 100);
  await client.query('COMMIT');
  assert.deepEqual([await balance(1), await balance(2)], [70, 130]);
  await client.query('BEGIN');
  await client.query(add, [1, -70]);
  await client.query('ROLLBACK');
  assert.equal(await balance(1), 70);
});

test('after an error only ROLLBACK is taken', async () => {
  await client.query('BEGIN');
  await client.query(add, [1, 1]);
  await fails('23505', client.query('INSERT INTO account VALUES (1, 0)'));
  await fails('25P02', client.query('SELECT 1'));
  assert.equal((await client.query('COMMIT')).command, 'ROLLBACK');
  assert.equal(await balance(1), 70);
});

test('of two that conflict one is told to try again, and may', async () => {
  async function readAndWrite(session) {
    await session.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    const { rows } = await session.query('SELECT balance FROM account WHERE id = 3');
    await session.query('UPDATE account SET balance = $1 WHERE id = 3', [rows[0].balance + 1]);
    await session.query('COMMIT');
  }
  await client.query('BEGIN');
  await client.query('SELECT balance FROM account WHERE id = 3');
  await readAndWrite(other);
  await fails(
    '40001',
    (async () => {
      await client.query(add, [3, 1]);
      await client.query('COMMIT');
    })(),
  );
  await client.query('ROLLBACK');
  await readAndWrite(client);
  assert.equal(await balance(3), 102);
});

test('savepoints are refused by name', async () => {
  await client.query('BEGIN');
  const error = await fails('0A000', client.query('SAVEPOINT a'));
  assert.match(error.message, /SAVEPOINT/i);
  await client.query('ROLLBACK');
});
