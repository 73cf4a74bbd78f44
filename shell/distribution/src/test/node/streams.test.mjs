import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { connected, fails, fresh } from './node.mjs';

const ROWS = 20_000;
const client = connected();

before(() => fresh(client, 'reading (id int PRIMARY KEY, place text, value numeric)'));

test('COPY from a stream', async () => {
  const copy = client.query(from("COPY reading FROM STDIN WITH (FORMAT csv, NULL 'none')"));
  const lines = function* () {
    for (let i = 0; i < ROWS; i++) {
      yield `${i},"place ""${i % 7}"", or so",${i % 11 === 0 ? 'none' : i / 4}\n`;
    }
  };
  await pipeline(Readable.from(lines()), copy);
  assert.equal(copy.rowCount, ROWS);
  const { rows } = await client.query(
    'SELECT count(*) AS n, count(value) AS known, sum(value), min(place) AS place FROM reading',
  );
  let sum = 0;
  let known = 0;
  for (let i = 0; i < ROWS; i++) {
    if (i % 11 !== 0) {
      known++;
      sum += i / 4;
    }
  }
  assert.equal(rows[0].n, String(ROWS));
  assert.equal(rows[0].known, String(known));
  assert.equal(Number(rows[0].sum), sum);
  assert.equal(rows[0].place, 'place "0", or so');
});

test('COPY of a row that does not fit keeps nothing', async () => {
  const copy = client.query(from('COPY reading FROM STDIN WITH (FORMAT csv)'));
  await fails('22P02', pipeline(Readable.from(['900001,a,1\n', '900002,a,one\n']), copy));
  const { rows } = await client.query('SELECT count(*) FROM reading WHERE id > 900000');
  assert.equal(rows[0].count, '0');
});

test('COPY to a stream', async () => {
  const copy = client.query(to('COPY reading TO STDOUT WITH (FORMAT csv, HEADER)'));
  let text = '';
  for await (const piece of copy) {
    text += piece;
  }
  const lines = text.trimEnd().split('\n');
  assert.equal(lines[0], 'id,place,value');
  assert.equal(lines.length, ROWS + 1);
  assert.equal(new Set(lines).size, ROWS + 1);
});

test('a cursor reads in parts and may stop', async () => {
  const cursor = client.query(
    new Cursor('SELECT id FROM reading WHERE id >= $1 ORDER BY id', [100]),
  );
  for (let part = 0; part < 3; part++) {
    const rows = await cursor.read(50);
    assert.equal(rows.length, 50);
    assert.equal(rows[0].id, 100 + 50 * part);
  }
  await cursor.close();
  assert.equal((await client.query('SELECT 1 AS one')).rows[0].one, 1);
});

test('a stream of rows is whole', async () => {
  const stream = client.query(
    new QueryStream('SELECT id, place FROM reading ORDER BY id', [], { batchSize: 300 }),
  );
  let id = 0;
  for await (const row of stream) {
    assert.equal(row.id, id++);
  }
  assert.equal(id, ROWS);
});

test('a stream that fails says why', async () => {
  const stream = client.query(new QueryStream('SELECT 1 / (id - 10) FROM reading'));
  await fails(
    '22012',
    (async () => {
      for await (const row of stream) {
        assert.ok(row);
      }
    })(),
  );
  assert.equal((await client.query('SELECT 1 AS one')).rows[0].one, 1);
});
