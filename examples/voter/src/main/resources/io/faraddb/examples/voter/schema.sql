-- Small and read by every call: a copy in each partition.
CREATE TABLE contestants (
    id int PRIMARY KEY,
    name text NOT NULL
) WITH (replicated = true);

-- All votes of a telephone number are in one partition.
CREATE TABLE votes (
    phone bigint,
    number int,
    contestant int NOT NULL,
    voted_at timestamptz NOT NULL,
    PRIMARY KEY (phone, number)
) PARTITION BY HASH (phone);

-- A row for each partition and contestant. A partition's rows have a key that falls on it, so that
-- the procedure adds to a total without leaving its partition.
CREATE TABLE totals (
    partition_key int,
    contestant int,
    votes bigint NOT NULL,
    PRIMARY KEY (partition_key, contestant)
) PARTITION BY HASH (partition_key);

INSERT INTO contestants VALUES
    (1, 'Ada Winter'),
    (2, 'Bela Okafor'),
    (3, 'Chiara Lindt'),
    (4, 'Dmitri Sato'),
    (5, 'Esra Moreau'),
    (6, 'Finn Castellanos');
