import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { connected, fails, fresh } from './node.mjs';

const client = connected();

before(() => fresh(client, 'item (id int PRIMARY KEY, name text NOT NULL, price numeric(8, 2))'));

test('parameters are values, whatever they hold', async () => {
  const name = "'); DROP TABLE item; --";
  const insert = 'INSERT INTO item VALUES ($1, $2, $3) RETURNING id, price';
  const { rows, rowCount, command } = await client.query(insert, [1, name, '9.5']);
  assert.deepEqual({ rows, rowCount, command }, {
    rows: [{ id: 1, price: '9.50' }],
    rowCount: 1,
    command: 'INSERT',
  });
  const found = await client.query('SELECT id FROM item WHERE name = $1', [name]);
  assert.deepEqual(found.rows, [{ id: 1 }]);
});

test('results know their columns', async () => {
  const result = await client.query({
    text: 'SELECT id, name, price AS cost FROM item WHERE id = $1',
    values: [1],
    rowMode: 'array',
  });
  assert.deepEqual(
    result.fields.map((field) => [field.name, field.dataTypeID]),
    [['id', 23], ['name', 25], ['cost', 1700]],
  );
  assert.equal(result.rows[0][0], 1);
});

test('a named statement is prepared once', async () => {
  const named = (id) => ({
    name: 'insert an item',
    text: 'INSERT INTO item VALUES ($1, $2)',
    values: [id, `item ${id}`],
  });
  for (let id = 10; id < 30; id++) {
    assert.equal((await client.query(named(id))).rowCount, 1);
  }
  const { rows } = await client.query("SELECT count(*) FROM item WHERE name LIKE 'item %'");
  assert.equal(rows[0].count, '20');
  await fails('23505', client.query(named(10)));
  assert.equal((await client.query(named(30))).rowCount, 1);
});

test('a named statement survives a change of its table', async () => {
  const select = { name: 'all of it', text: 'SELECT count(*) AS n FROM item' };
  const before = Number((await client.query(select)).rows[0].n);
  await client.query('CREATE INDEX item_name ON item (name)');
  await client.query("INSERT INTO item VALUES (31, 'after')");
  assert.equal(Number((await client.query(select)).rows[0].n), before + 1);
});

test('several statements in one text', async () => {
  const results = await client.query("SELECT 1 AS a; SELECT 'x' AS b, 2 AS c");
  assert.deepEqual(results.map((result) => result.rows), [[{ a: 1 }], [{ b: 'x', c: 2 }]]);
});

test('an empty statement', async () => {
  assert.deepEqual((await client.query('')).rows, []);
});

test('errors have a code, a place and names', async () => {
  const syntax = await fails('42601', client.query('SELECT 1 FRM item'));
  assert.equal(syntax.position, '14');
  assert.equal(syntax.severity, 'ERROR');
  const column = await fails('42703', client.query('SELECT nope FROM item WHERE id = $1', [1]));
  assert.equal(column.position, '8');
  await fails('42P01', client.query('SELECT * FROM nowhere'));
  await fails('22012', client.query('SELECT 1 / $1::int', [0]));
  await fails('22P02', client.query('SELECT $1::int', ['x']));
  const duplicate = await fails('23505', client.query("INSERT INTO item VALUES (1, 'again')"));
  assert.equal(duplicate.table, 'item');
  assert.equal(duplicate.constraint, 'item_pkey');
  const missing = await fails('23502', client.query('INSERT INTO item (id) VALUES (99)'));
  assert.equal(missing.column, 'name');
  await fails('08P01', client.query('SELECT $1::int, $2::int', [1]));
  assert.equal((await client.query('SELECT 1 AS one')).rows[0].one, 1);
});

test('statements that wait for each other are answered in their order', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => client.query('SELECT $1::int AS n', [i])),
  );
  assert.deepEqual(answers.map((answer) => answer.rows[0].n), Array.from({ length: 200 }, (_, i) => i));
});

test('what is not there is refused by name', async () => {
  for (const sql of ['LISTEN news', 'NOTIFY news']) {
    const error = await fails('0A000', client.query(sql));
    assert.equal(error.message, `${sql.split(' ')[0]} is not supported`);
  }
  // As nothing is listened to, there is nothing to do: pools send it with every client they take back.
  assert.equal((await client.query('UNLISTEN *')).command, 'UNLISTEN');
});
